import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import type { WebSocket } from "ws";
import { stringify } from "yaml";
import { z } from "zod";

import { takeUpgrades } from "../../../sockets/take-upgrades.ts";
import { createCloudTokens, USER_POOL } from "./cloud-tokens.ts";

const frameSchema = z.object({ msgid: z.string(), handler: z.string().optional(), payload: z.unknown() });
const registrationSchema = z.object({ cloudhook_ids: z.array(z.string()) });
const answerSchema = z.object({
  status: z.number(),
  body: z.string().nullish(),
  headers: z.record(z.string(), z.string()).default({}),
});

/** The answers of the services that Core asks at a login, by path. `webhook_generate` creates a cloudhook. */
const ANSWERED = {
  subscription_info: { billing_plan_type: "standard", provider: "stand-in" },
  google_report_state_request_sync: {},
  remote_access_ping_targets: { targets: [], timeout: 1_000, count: 1 },
  // The certificate in Core's directory has these names, so Core orders no other one.
  remote_access_register: {
    domain: "localhost",
    alias: ["127.0.0.1"],
    email: "owner@home.example",
    server: "snitun.example",
  },
  webrtc_ice_servers: [],
};
/** Services of Nabu Casa that the stand-in does not have. Core continues without them. */
const REFUSED = ["alexa_access_token", "google_report_state_websocket", "llm_connection_details"];
const ACTIONS = [...Object.keys(ANSWERED), ...REFUSED, "webhook_generate", "relayer_connect"];

export interface CloudStandIn extends AsyncDisposable {
  /** YAML with which Core uses these servers in place of Nabu Casa's. */
  readonly configuration: string;
  /** The environment variables with which Core uses these servers. */
  readonly environment: Readonly<Record<string, string>>;
  /** The URLs of all cloudhooks that were created, the oldest first. */
  cloudhooks(): readonly string[];
  /** Cuts the connection and refuses new ones, or accepts connections again. */
  setReachable(isReachable: boolean): void;
  /** The number of cloudhooks that Core has announced on its present connection, or null without a connection. */
  announced(): number | null;
}

/** Starts a stand-in for Nabu Casa's servers: login, subscription, cloudhooks and the connection of Core to them. */
export async function startCloudStandIn(): Promise<CloudStandIn> {
  const tokens = createCloudTokens();
  const created: string[] = [];
  const waiting = new Map<string, (payload: unknown) => void>();
  let relay: { readonly socket: WebSocket; hooks: readonly string[] } | null = null;
  let isReachable = true;
  const http = createServer((request, response) => void serve(request, response));
  const upgrades = takeUpgrades(http, {
    refusalOf: () => (isReachable ? null : { status: 503, type: "text/plain", text: "unavailable" }),
    welcome,
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const url = `http://${host}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind = "", name = ""] = (request.url ?? "").split("/");
    const body = await text(request);
    if (kind === "cloudhook") return passOn(name, request, body, response);
    const target = request.headers["x-amz-target"];
    const answer =
      typeof target === "string"
        ? tokens.answer(target.split(".")[1] ?? "", JSON.parse(body) as Record<string, unknown>)
        : serviceAnswer(kind);
    response.writeHead(answer === null ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { message: "not found" }));
  }

  function serviceAnswer(action: string): unknown {
    if (action === "webhook_generate") {
      const id = randomBytes(24).toString("base64url");
      created.push(`${url}/cloudhook/${id}`);
      return { cloudhook_id: id, url: created.at(-1) };
    }
    return action in ANSWERED ? ANSWERED[action as keyof typeof ANSWERED] : null;
  }

  function welcome(socket: WebSocket): void {
    const own = { socket, hooks: [] as readonly string[] };
    relay = own;
    socket.on("close", () => void (relay = relay === own ? null : relay));
    socket.on("message", (data: Buffer) => {
      const { msgid, handler, payload } = frameSchema.parse(JSON.parse(data.toString()));
      if (handler === "webhook-register") own.hooks = registrationSchema.parse(payload).cloudhook_ids;
      else waiting.get(msgid)?.(payload);
    });
    // From its first message on, Core counts as connected.
    send(socket, { msgid: randomUUID(), handler: "system", payload: { region: "us-east-1" } });
  }

  /** Passes a request to Core, and Core's answer back. Nabu Casa's real answer while Core is away is unknown. */
  async function passOn(
    id: string,
    request: IncomingMessage,
    body: string,
    response: ServerResponse,
  ): Promise<void> {
    if (relay === null || !relay.hooks.includes(id)) return void response.writeHead(404).end();
    const { socket } = relay;
    const msgid = randomUUID();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    waiting.set(msgid, resolve);
    const { headers, method } = request;
    const payload = { cloudhook_id: id, body, headers, method, query: "" };
    send(socket, { msgid, handler: "webhook", payload });
    const answer = answerSchema.parse(await promise);
    waiting.delete(msgid);
    response.writeHead(answer.status, answer.headers).end(answer.body ?? "");
  }

  return {
    configuration: stringify({
      cloud: {
        mode: "development",
        ...USER_POOL,
        // No server speaks TLS at this address, so Core uses the addresses below.
        api_server: host,
        relayer_server: host,
        discovery_service_actions: Object.fromEntries(ACTIONS.map((action) => [action, `${url}/${action}`])),
      },
    }),
    environment: {
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: url,
      COGNITO_JWKS: tokens.publicKeys,
      NO_PROXY: "127.0.0.1",
    },
    cloudhooks: () => [...created],
    setReachable(next) {
      isReachable = next;
      if (!next) relay?.socket.terminate();
    },
    announced: () => relay?.hooks.length ?? null,
    async [Symbol.asyncDispose]() {
      for (const socket of upgrades.clients) socket.terminate();
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
}

function send(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}
