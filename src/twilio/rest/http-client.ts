import type { Clock } from "../../domain/clock.ts";
import { readAtMost } from "../../domain/read-at-most.ts";
import { TransportError } from "../../domain/transport.ts";
import type { Transport } from "../../domain/transport.ts";
import { TwilioConnectionLostError, TwilioTooManyRequestsError, TwilioUnreachableError } from "./errors.ts";
import { encodeParameters } from "./http-format.ts";
import { parseRetryAfter } from "./http-format.ts";

/** A thousand messages of the greatest length are below this. */
const MOST_ANSWER_BYTES = 16 * 1024 * 1024;

export interface HttpClientOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Until a connection stands, TLS included; whoever is slower was not asked, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Until the answer is here, from the start; whoever is slower leaves in doubt whether it was sent. */
  readonly responseTimeoutMs?: number;
  /** Ends all that only reads: a stopping app does not wait for it. What sends is left to its answer. */
  readonly stopping?: AbortSignal;
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
  /** In place of `data`: a body as it is. */
  readonly body?: string | undefined;
}

export interface HttpResponse {
  readonly statusCode: number;
  /** Parsed, or text where it is no JSON. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
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
  transport,
  clock,
  connectTimeoutMs = 10_000,
  responseTimeoutMs = 30_000,
  stopping,
}: HttpClientOptions): HttpClient {
  return {
    async request(asked) {
      const answer = await exchange(asked);
      if (answer.statusCode !== 429) return answer;
      const wait = parseRetryAfter(answer.headers["retry-after"], clock.now());
      throw new TwilioTooManyRequestsError(answer.body, wait);
    },
  };

  async function exchange(asked: HttpRequest): Promise<HttpResponse> {
    const { method, uri, username, password, headers, params, data, body } = asked;
    const url = new URL(uri);
    if (params !== undefined) url.search = encodeParameters(params);
    const isRead = method.toUpperCase() === "GET";
    const answered = new AbortController();
    const late = new AbortController();
    // What begins while the app is stopping is left to its answer.
    const signal =
      isRead && stopping?.aborted === false ? AbortSignal.any([late.signal, stopping]) : late.signal;
    void clock.wait(responseTimeoutMs, answered.signal).then(() => {
      if (!answered.signal.aborted) late.abort();
    });
    let hasLeft = false;

    function reasonOf(error: unknown): string {
      if (late.signal.aborted) return `no answer within ${responseTimeoutMs / 1000} s`;
      if (signal.aborted) return "the app is stopping";
      const code = error instanceof Error && "code" in error ? error.code : null;
      if (code === "CONNECT_TIMEOUT") return `no connection within ${connectTimeoutMs / 1000} s`;
      return typeof code === "string" && code !== "NO_ANSWER" ? code : "no answer";
    }

    try {
      const response = await transport.request(url, {
        method: method.toUpperCase(),
        headers: { ...headers, ...authorization(username, password) },
        body: body ?? encodeBody(data, headers?.["Content-Type"]),
        signal,
        connectTimeoutMs,
        reusesConnection: true,
      });
      hasLeft = true;
      const bytes = await readAtMost(response, MOST_ANSWER_BYTES);
      if (bytes === null) throw new TwilioConnectionLostError("its answer is too long");
      const { status, headers: told } = response;
      return { statusCode: status, body: parsed(bytes.toString()), headers: Object.fromEntries(told) };
    } catch (error) {
      if (error instanceof TwilioConnectionLostError) throw error;
      // Not the network's, such as a header that cannot be sent.
      if (!hasLeft && !(error instanceof TransportError)) throw error;
      if (error instanceof TransportError) hasLeft ||= error.hasLeft;
      // Without its cause, which may hold what was sent or received.
      // eslint-disable-next-line preserve-caught-error
      throw hasLeft
        ? new TwilioConnectionLostError(reasonOf(error))
        : new TwilioUnreachableError(reasonOf(error));
    } finally {
      answered.abort();
    }
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
