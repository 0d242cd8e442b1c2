import { lookup as systemLookup } from "node:dns";
import { request as requestByHttp, Agent as HttpAgent } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestByHttps, Agent as HttpsAgent } from "node:https";
import type { AgentOptions } from "node:https";
import { isIP } from "node:net";

import { AddressRefusedError, TransportError } from "../../domain/transport.ts";
import type { RequestOptions, Transport } from "../../domain/transport.ts";
import { createCheckedLookup } from "./checked-lookup.ts";

/** As Twilio's own HTTP client. */
const MOST_SOCKETS = 20;

/** As `fetch` sends them: some proxies turn away who names no program. What is asked for comes as it is. */
const USUAL_HEADERS = { accept: "*/*", "accept-encoding": "identity", "user-agent": "node" };

export interface RequestSenderOptions {
  /** How long a kept connection stays open unused. Servers close theirs after 5 s or more; a request must not meet that. */
  readonly idleTimeoutMs?: number;
  /** A certificate authority beside Node's own, in tests. */
  readonly ca?: string;
  /** Resolves names as `dns.lookup` does; others in tests. */
  readonly lookup?: NonNullable<AgentOptions["lookup"]>;
}

/** Node's own client: `fetch` would cost 8 MB of memory for a few requests, and cannot tell whether a request left. */
export function createRequestSender({
  idleTimeoutMs = 4_000,
  ...connecting
}: RequestSenderOptions = {}): Transport["request"] {
  const pool = { ...connecting, keepAlive: true, maxSockets: MOST_SOCKETS, timeout: idleTimeoutMs };
  const byProtocol = {
    "http:": { send: requestByHttp, agent: new HttpAgent(pool), connected: "connect" },
    "https:": { send: requestByHttps, agent: new HttpsAgent(pool), connected: "secureConnect" },
  };
  /** Sockets on which what is written leaves. Node's `reusedSocket` does not tell of those handed on by the queue. */
  const open = new WeakSet<object>();

  function start(url: URL, options: RequestOptions) {
    const { method = "GET", headers, isAllowed, reusesConnection = false } = options;
    const { send, agent, connected } = byProtocol[url.protocol === "http:" ? "http:" : "https:"];
    const common = { ...connecting, method, headers: { ...USUAL_HEADERS, ...headers } };
    if (isAllowed === undefined)
      return { outgoing: send(url, { ...common, agent: reusesConnection ? agent : false }), connected };
    // Node looks only names up. URL has made one spelling of all those of an address.
    const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
    if (isIP(host) !== 0 && !isAllowed(host)) throw new AddressRefusedError();
    const lookup = createCheckedLookup(connecting.lookup ?? systemLookup, isAllowed);
    return { outgoing: send(url, { ...common, lookup, agent: false }), connected };
  }

  return async function request(to, options = {}) {
    const { body, signal, connectTimeoutMs } = options;
    if (signal?.aborted === true) throw new TransportError("ABORTED", false);
    const url = new URL(to);
    if (url.username !== "" || url.password !== "") throw new TransportError("CREDENTIALS_IN_URL", false);
    const { outgoing, connected } = start(url, options);

    return await new Promise((resolve, reject) => {
      let hasLeft = false;
      let received: IncomingMessage | null = null;
      const timer =
        connectTimeoutMs === undefined ? undefined : setTimeout(fail, connectTimeoutMs, "CONNECT_TIMEOUT");
      const abort = (): void => fail("ABORTED");
      signal?.addEventListener("abort", abort);

      outgoing.once("socket", (socket) => {
        if (open.has(socket)) return leave();
        socket.once(connected, () => {
          open.add(socket);
          leave();
        });
      });
      outgoing.on("error", (error) =>
        error instanceof AddressRefusedError ? refuse(error) : fail(codeOf(error)),
      );
      outgoing.once("response", (response) => {
        received = response;
        resolve({ status: response.statusCode ?? 0, headers: headersOf(response), body: response });
      });
      outgoing.once("close", () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        // Without an error, as after an answer with 101.
        if (received === null) reject(new TransportError("NO_ANSWER", hasLeft));
      });

      /** Nothing is written before this: Node would hold it back for the connection, and nobody knew when it left. */
      function leave(): void {
        clearTimeout(timer);
        hasLeft = true;
        outgoing.end(body);
      }

      function fail(code: string): void {
        const error = new TransportError(code, hasLeft);
        if (received === null) refuse(error);
        else received.destroy(error);
      }

      function refuse(error: Error): void {
        reject(error);
        outgoing.destroy();
      }
    });
  };
}

function headersOf({ headers }: IncomingMessage): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const one of [value].flat()) if (one !== undefined) all.append(name, one);
  return all;
}

/** Only the code: a message of Node's may hold what was sent or received. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "NO_ANSWER";
}
