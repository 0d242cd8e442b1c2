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

/** In bytes, of one frame from the app. Source: aiohttp's default, which supervisor/api/proxy.py leaves. */
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
  /** The address that the panel sees, one of this machine. */
  readonly ingressFrom?: string;
  /** Where the app's panel is, if not on this machine. */
  readonly panelHost?: string;
  /** Where it listens, if not on a free port of 127.0.0.1. */
  readonly listen?: { readonly host: string; readonly port: number };
}

/** A request to the proxy, with the status of its answer. */
export interface ProxiedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** 101 for a socket that was taken. */
  status: number;
}

export interface Supervisor extends AsyncDisposable {
  /** In place of `http://supervisor/core`, for `HOME_ASSISTANT_URL`. */
  readonly url: string;
  /** The running app's: `SUPERVISOR_TOKEN`, here for `HOME_ASSISTANT_TOKEN`. Read it at each start of the app. */
  readonly token: string;
  /** The app's page as Home Assistant shows it, ending with a slash; a session's cookie is demanded. */
  readonly ingressUrl: string;
  state: SupervisorState;
  /** While true, Core is lost between the look at its state and the connection: `auth_ok` is followed by a close. */
  losesCore: boolean;
  panelPort: number | null;
  readonly requests: readonly ProxiedRequest[];
  /** Command types that were not let through. */
  readonly denied: readonly string[];
  openSockets(): number;
  /** Pings that the app has answered so far. */
  pongs(): number;
  /** Replaces the token, as a restart of the app does. The old one is no longer accepted. */
  renewToken(): string;
  /** Cuts its own side of every socket: the app sees 1006. */
  cut(): void;
  /** Makes a session and returns its cookie, `ingress_session=…`, for the header. */
  openIngressSession(user?: IngressUser): string;
}

/**
 * Starts Supervisor as an app sees it, before a real or a fake Home Assistant: its proxies into Core and to the app's
 * panel. An app that has `SUPERVISOR_TOKEN` connects to the host `supervisor`, which no test can provide. Pass `url` and
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

  /** What supervisor/api/middleware/security.py does before anything else, in its order. */
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
