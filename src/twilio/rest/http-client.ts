import { setMaxListeners } from "node:events";
import { request as requestByHttp, Agent as HttpAgent } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { request as requestByHttps, Agent as HttpsAgent } from "node:https";
import type { AgentOptions } from "node:https";

import { readBody } from "../webhooks/verify/read-body.ts";
import { TwilioConnectionLostError, TwilioTooManyRequestsError, TwilioUnreachableError } from "./errors.ts";
import { encodeParameters } from "./http-format.ts";
import { parseRetryAfter } from "./http-format.ts";

/** As Twilio's own HTTP client. */
const MOST_SOCKETS = 20;
/** A thousand messages of the greatest length are below this. */
const MOST_ANSWER_BYTES = 16 * 1024 * 1024;

export interface HttpClientOptions {
  /** Until a connection stands, TLS included; whoever is slower was not asked, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Until the answer is here, from the start; whoever is slower leaves in doubt whether it was sent. */
  readonly responseTimeoutMs?: number;
  /** How long an unused connection stays open. Servers close theirs after 5 s or more; a request must not meet that. */
  readonly idleTimeoutMs?: number;
  /** Ends all that only reads: a stopping app does not wait for it. What sends is left to its answer. */
  readonly stopping?: AbortSignal;
  /** How connections are made, for tests. */
  readonly connecting?: Pick<AgentOptions, "ca" | "lookup">;
}

/** What Twilio's client asks for. */
export interface HttpRequest {
  readonly method: string;
  readonly uri: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The query. */
  readonly params?: object | undefined;
  readonly data?: object | undefined;
}

export interface HttpResponse {
  readonly statusCode: number;
  /** Parsed, or text where it is no JSON. */
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
}

export interface HttpClient {
  /**
   * @throws {TwilioUnreachableError} if no byte of the request left
   * @throws {TwilioConnectionLostError} if the request left and no whole answer came
   * @throws {TwilioTooManyRequestsError} for HTTP 429
   */
  request(asked: HttpRequest): Promise<HttpResponse>;
}

/**
 * The HTTP beneath Twilio's client. Its own, axios, cannot tell whether a request left, and its errors carry the
 * credentials. Follows no redirect and repeats nothing.
 */
export function createHttpClient({
  connectTimeoutMs = 10_000,
  responseTimeoutMs = 30_000,
  idleTimeoutMs = 4_000,
  stopping,
  connecting,
}: HttpClientOptions = {}): HttpClient {
  // Each request that reads listens; Node would warn of more than ten.
  if (stopping !== undefined) setMaxListeners(0, stopping);
  const pool = { ...connecting, keepAlive: true, maxSockets: MOST_SOCKETS, timeout: idleTimeoutMs };
  const byProtocol = {
    "http:": { request: requestByHttp, agent: new HttpAgent(pool), connected: "connect" },
    "https:": { request: requestByHttps, agent: new HttpsAgent(pool), connected: "secureConnect" },
  };
  /** Sockets on which what is written leaves. Node's `reusedSocket` does not tell of those handed on by the queue. */
  const open = new WeakSet<object>();

  return {
    async request(asked) {
      const answer = await exchange(asked);
      if (answer.statusCode !== 429) return answer;
      const wait = parseRetryAfter(answer.headers["retry-after"], Date.now());
      throw new TwilioTooManyRequestsError(answer.body, wait);
    },
  };

  /** Hands the request to a socket at once where one is free. */
  function exchange({ method, uri, username, password, headers, params, data }: HttpRequest) {
    const url = new URL(uri);
    if (params !== undefined) url.search = encodeParameters(params);
    const { request, agent, connected } = byProtocol[url.protocol === "http:" ? "http:" : "https:"];
    const sent = { ...headers, ...authorization(username, password), "Accept-Encoding": "identity" };
    const body = encodeBody(data, headers?.["Content-Type"]);

    return new Promise<HttpResponse>((resolve, reject) => {
      let hasLeft = false;
      const outgoing = request(url, { method: method.toUpperCase(), headers: sent, agent });
      const timers = [
        setTimeout(() => fail(`no connection within ${connectTimeoutMs / 1000} s`), connectTimeoutMs),
        setTimeout(() => fail(`no answer within ${responseTimeoutMs / 1000} s`), responseTimeoutMs),
      ] as const;

      const abandon = (): void => fail("the app is stopping");
      if (method.toUpperCase() === "GET") stopping?.addEventListener("abort", abandon);

      outgoing.once("socket", (socket) => {
        if (open.has(socket)) return leave();
        socket.once(connected, () => {
          open.add(socket);
          leave();
        });
      });
      outgoing.on("error", (error) => fail(reasonOf(error)));
      outgoing.once("close", close);
      outgoing.once("response", (response) => {
        outgoing.off("close", close);
        void receive(response);
      });

      /** Nothing is written before this: Node would hold it back for the connection, and nobody knew when it left. */
      function leave(): void {
        clearTimeout(timers[0]);
        hasLeft = true;
        outgoing.end(body);
      }

      async function receive(response: IncomingMessage): Promise<void> {
        try {
          const text = await readBody(response, MOST_ANSWER_BYTES);
          if (text === null) return fail("its answer is too long");
          end();
          resolve({ statusCode: response.statusCode ?? 0, body: parsed(text), headers: response.headers });
        } catch (error) {
          fail(reasonOf(error));
        }
      }

      /** Without an error, as after an answer with 101. */
      function close(): void {
        fail("no answer");
      }

      function fail(reason: string): void {
        end();
        reject(hasLeft ? new TwilioConnectionLostError(reason) : new TwilioUnreachableError(reason));
        outgoing.destroy();
      }

      function end(): void {
        for (const timer of timers) clearTimeout(timer);
        stopping?.removeEventListener("abort", abandon);
      }
    });
  }
}

function authorization(username: string | undefined, password: string | undefined) {
  if (!username || !password) return {};
  return { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}

/** As Twilio's own HTTP client: what is neither a form nor JSON has no body. */
function encodeBody(data: object | undefined, contentType: string | undefined): string | undefined {
  if (data === undefined) return undefined;
  if (contentType === "application/x-www-form-urlencoded") return encodeParameters(data);
  return contentType === "application/json" ? JSON.stringify(data) : undefined;
}

/** Only the code: a message of Node's may hold what was sent or received. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "no answer";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
