import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { takeUpgrades } from "../sockets/take-upgrades.ts";
import type { UpgradeRefusal } from "../sockets/take-upgrades.ts";
import { isCoreRunning } from "./core-behind.ts";
import type { CoreBehind } from "./core-behind.ts";
import { isSuspicious } from "./is-suspicious.ts";
import type { Pings } from "./ping-as-supervisor.ts";
import { proxyIngress } from "./proxy-ingress.ts";
import type { IngressUser } from "./proxy-ingress.ts";
import { proxyRest } from "./proxy-rest.ts";
import { proxyWebSocket } from "./proxy-websocket.ts";

/**
 * The longest frame from the app in bytes. Source: aiohttp's default, which supervisor/api/proxy.py does not change.
 */
const LONGEST_FROM_APP = 4 * 1024 * 1024;

/** Source: `CoreState` and `VALID_API_STATES` of supervisor/const.py. */
export type SupervisorState = "initialize" | "setup" | "startup" | "running" | "freeze" | "shutdown";
const ANSWERING: ReadonlySet<SupervisorState> = new Set(["startup", "running", "freeze"]);

export interface SupervisorOptions {
  readonly core: CoreBehind;
  readonly pings?: Pings;
  readonly authMs?: number;
  /** The app's `PANEL_PORT`; 8099 in the app's container. */
  readonly panelPort?: number;
  /** The IP address that the panel sees, which is one of this machine. */
  readonly ingressFrom?: string;
  /** The host of the app's panel, if it is not this machine. */
  readonly panelHost?: string;
  /** The address on which Supervisor listens, if it is not a free port of 127.0.0.1. */
  readonly listen?: { readonly host: string; readonly port: number };
}

/** A request through the proxy, with the status of its answer. */
export interface ProxiedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** The status, which is 101 for an accepted WebSocket. */
  status: number;
}

export interface Supervisor extends AsyncDisposable {
  /** The URL for `HOME_ASSISTANT_URL`, in place of `http://supervisor/core`. */
  readonly url: string;
  /**
   * The token of the running app. It is `SUPERVISOR_TOKEN`, which tests pass as `HOME_ASSISTANT_TOKEN`. Read it at
   * each start.
   */
  readonly token: string;
  /** The URL of the app's page in Home Assistant, with a slash at its end. It requires the cookie of a session. */
  readonly ingressUrl: string;
  state: SupervisorState;
  /**
   * Whether Core is lost between the check of its state and the connection, so that `auth_ok` is followed by a close.
   */
  losesCore: boolean;
  panelPort: number | null;
  readonly requests: readonly ProxiedRequest[];
  /** The types of refused commands. */
  readonly denied: readonly string[];
  openSockets(): number;
  /** Pings that the app has answered so far. */
  pongs(): number;
  /** Replaces the token, as a restart of the app does. The old one is no longer accepted. */
  renewToken(): string;
  /** Cuts Supervisor's side of every socket, so that the app sees 1006. */
  cut(): void;
  /** Creates a session and returns its cookie, `ingress_session=…`, for the header. */
  openIngressSession(user?: IngressUser): string;
}

/**
 * Starts a Supervisor in front of a real or fake Home Assistant, with its proxies to Core and to the app's panel.
 * With `SUPERVISOR_TOKEN`, an app connects to the host `supervisor`, which no test can provide. Pass `url` and
 * `token` to the app as if the user had set them.
 */
export async function startSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const { core, authMs = 10_000, pings = { everyMs: 30_000, pongWithinMs: 15_000 } } = options;
  const requests: ProxiedRequest[] = [];
  const denied: string[] = [];
  const sessions = new Map<string, IngressUser | null>();
  const ingressToken = randomBytes(32).toString("base64url");
  let token = newToken();
  let pongs = 0;

  const http = createServer((request, response) => {
    const noted = note(request);
    response.on("close", () => (noted.status = response.statusCode));
    const refusal = refusalOf(request);
    if (refusal !== null) {
      response.writeHead(refusal.status, { "content-type": refusal.type }).end(refusal.text);
    } else if (noted.path.startsWith("/core/api/")) {
      void proxyRest(request, response, { core, token: () => token });
    } else if (noted.path.startsWith("/api/hassio_ingress/")) {
      void proxyIngress(request, response, {
        token: ingressToken,
        panelHost: options.panelHost ?? "127.0.0.1",
        panelPort: supervisor.panelPort,
        from: options.ingressFrom ?? "127.0.0.1",
        userOf: (session) => sessions.get(session),
      });
    } else {
      response.writeHead(403, { "content-type": "text/plain; charset=utf-8" }).end("403: Forbidden");
    }
  });
  const upgrades = takeUpgrades(http, {
    maxPayload: LONGEST_FROM_APP,
    async refusalOf(request) {
      const noted = note(request);
      const refusal = refusalOf(request) ?? (await upgradeRefusal(noted.path));
      noted.status = refusal?.status ?? 101;
      return refusal;
    },
    welcome(app) {
      const behind = supervisor.losesCore ? { ...core, url: "http://127.0.0.1:1" } : core;
      app.on("pong", () => (pongs += 1));
      const onDenied = (type: string): void => void denied.push(type);
      void proxyWebSocket(app, { core: behind, token: () => token, pings, authMs, onDenied });
    },
  });
  const { host, port } = options.listen ?? { host: "127.0.0.1", port: 0 };
  http.listen(port, host);
  await once(http, "listening");
  const origin = `http://${host}:${(http.address() as AddressInfo).port}`;

  const supervisor: Supervisor = {
    url: `${origin}/core`,
    get token() {
      return token;
    },
    ingressUrl: `${origin}/api/hassio_ingress/${ingressToken}/`,
    state: "running",
    losesCore: false,
    panelPort: options.panelPort ?? null,
    requests,
    denied,
    pongs: () => pongs,
    openSockets: () => upgrades.clients.size,
    renewToken: () => (token = newToken()),
    cut() {
      for (const socket of upgrades.clients) socket.terminate();
    },
    openIngressSession(user) {
      const session = randomBytes(64).toString("hex");
      sessions.set(session, user ?? null);
      return `ingress_session=${session}`;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of upgrades.clients) socket.terminate();
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
  return supervisor;

  function note({ method = "", url = "", headers }: IncomingMessage): ProxiedRequest {
    const noted = { method, path: url, headers, status: 0 };
    requests.push(noted);
    return noted;
  }

  /** The checks of supervisor/api/middleware/security.py, which come first, in its order. */
  function refusalOf({ url = "" }: IncomingMessage): UpgradeRefusal | null {
    if (isSuspicious(url)) return refuse(400, "Bad Request");
    if (ANSWERING.has(supervisor.state)) return null;
    const message = `System is not ready with state: ${supervisor.state}`;
    return { status: 400, type: "application/json", text: JSON.stringify({ result: "error", message }) };
  }

  async function upgradeRefusal(path: string): Promise<UpgradeRefusal | null> {
    if (!/^\/core\/(api\/)?websocket(\?|$)/.test(path)) return refuse(403, "Forbidden");
    return supervisor.losesCore || (await isCoreRunning(core)) ? null : refuse(502, "Bad Gateway");
  }
}

function refuse(status: number, text: string): UpgradeRefusal {
  return { status, type: "text/plain; charset=utf-8", text: `${status}: ${text}` };
}

function newToken(): string {
  return randomBytes(56).toString("hex");
}
