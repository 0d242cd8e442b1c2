import { lookup as systemLookup } from "node:dns";
import { request as requestByHttp, Agent as HttpAgent } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestByHttps, Agent as HttpsAgent } from "node:https";
import type { AgentOptions } from "node:https";
import { isIP } from "node:net";

import { AddressRefusedError, TransportError } from "../../domain/transport.ts";
import type { RequestOptions, ResponseHeaders, Transport } from "../../domain/transport.ts";
import { createCheckedLookup } from "./checked-lookup.ts";
import { closeOldConnections } from "./close-old-connections.ts";

/** The highest number of sockets of the pool to one host. Twilio's own HTTP client has the same number. */
const MOST_SOCKETS = 20;

/**
 * The headers that `fetch` would send, because some proxies reject requests without a user agent. Responses are not
 * compressed.
 */
const USUAL_HEADERS = { accept: "*/*", "accept-encoding": "identity", "user-agent": "node" };

export interface RequestSenderOptions {
  /**
   * How long an idle connection stays open, in milliseconds. The time is shorter than the 5 s after which servers close
   * an idle connection.
   */
  readonly idleTimeoutMs?: number;
  /** The certificate authorities that the app trusts; if undefined, those of Node. Tests set one of their own. */
  readonly ca?: string;
  /** Resolves host names as `dns.lookup` does. Tests replace it. */
  readonly lookup?: NonNullable<AgentOptions["lookup"]>;
}

/**
 * Creates the function that sends HTTP requests by `node:http`. `fetch` would take 8 MB more memory. It also cannot
 * tell whether a failed request had been sent.
 */
export function createRequestSender({
  idleTimeoutMs = 4_000,
  ...connecting
}: RequestSenderOptions = {}): Transport["request"] {
  const pool = { ...connecting, keepAlive: true, maxSockets: MOST_SOCKETS, timeout: idleTimeoutMs };
  const pooled = (agent: HttpAgent) => ({ agent, old: closeOldConnections(agent, idleTimeoutMs) });
  const byProtocol = {
    "http:": { send: requestByHttp, connected: "connect", ...pooled(new HttpAgent(pool)) },
    "https:": { send: requestByHttps, connected: "secureConnect", ...pooled(new HttpsAgent(pool)) },
  };
  /**
   * The sockets that are connected. Node's `reusedSocket` does not show this. If a request has waited for the socket of
   * another request, Node gives it this connected socket, but leaves `reusedSocket` false.
   */
  const open = new WeakSet<object>();

  function start(url: URL, options: RequestOptions) {
    const { method = "GET", headers, isAllowed, reusesConnection = false } = options;
    const { send, agent, old, connected } = byProtocol[url.protocol === "http:" ? "http:" : "https:"];
    const common = { ...connecting, method, headers: { ...USUAL_HEADERS, ...headers } };
    old.close();
    if (isAllowed === undefined)
      return { outgoing: send(url, { ...common, agent: reusesConnection ? agent : false }), old, connected };
    // Node does not call `lookup` for an IP address, so check the address here. `URL` has already brought all spellings
    // of an IP address into one form.
    const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
    if (isIP(host) !== 0 && !isAllowed(host)) throw new AddressRefusedError();
    const lookup = createCheckedLookup(connecting.lookup ?? systemLookup, isAllowed);
    return { outgoing: send(url, { ...common, lookup, agent: false }), old, connected };
  }

  return async function request(to, options = {}) {
    const { body, signal, connectTimeoutMs } = options;
    if (signal?.aborted === true) throw new TransportError("ABORTED", false);
    const url = new URL(to);
    if (url.username !== "" || url.password !== "") throw new TransportError("CREDENTIALS_IN_URL", false);
    const { outgoing, old, connected } = start(url, options);

    return await new Promise((resolve, reject) => {
      let hasLeft = false;
      let received: IncomingMessage | null = null;
      const timer =
        connectTimeoutMs === undefined ? undefined : setTimeout(fail, connectTimeoutMs, "CONNECT_TIMEOUT");
      const abort = (): void => fail("ABORTED");
      signal?.addEventListener("abort", abort);

      outgoing.once("socket", (socket) => {
        if (open.has(socket)) return leave(socket);
        socket.once(connected, () => {
          open.add(socket);
          leave(socket);
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
        // The connection closed without an error. `node:http` may also have ignored a response, such as one with the
        // status 101.
        if (received === null) reject(new TransportError("NO_ANSWER", hasLeft));
      });

      /**
       * Writes the request when the connection exists. If it were written earlier, Node would buffer it, and the app
       * would not know whether it was sent.
       */
      function leave(socket: object): void {
        clearTimeout(timer);
        hasLeft = true;
        old.sent(socket);
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

/** Wraps the headers of a response. Using the class `Headers` instead would load Node's `fetch`. */
function headersOf({ headers }: IncomingMessage): ResponseHeaders {
  const all = new Map<string, string>();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) all.set(name, [value].flat().join(", "));
  return {
    get: (name) => all.get(name.toLowerCase()) ?? null,
    [Symbol.iterator]: () => all.entries(),
  };
}

/** The code of an error, without its message, because Node's messages may contain sent or received data. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "NO_ANSWER";
}
