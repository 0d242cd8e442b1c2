import type { Clock } from "../../domain/clock.ts";
import { readAtMost } from "../../domain/read-at-most.ts";
import { TransportError } from "../../domain/transport.ts";
import type { Transport } from "../../domain/transport.ts";
import { TwilioConnectionLostError, TwilioTooManyRequestsError, TwilioUnreachableError } from "./errors.ts";
import { encodeParameters } from "./http-format.ts";
import { parseRetryAfter } from "./http-format.ts";

/**
 * The size of the longest accepted answer, in bytes. A list of a thousand messages of the greatest length is shorter.
 */
const MOST_ANSWER_BYTES = 16 * 1024 * 1024;

export interface HttpClientOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** How long connecting (with TLS) may take, in milliseconds. If it takes longer, the request was not sent. */
  readonly connectTimeoutMs?: number;
  /**
   * How long a request may take until its complete answer, in milliseconds. If it takes longer, Twilio may have acted
   * on it.
   */
  readonly responseTimeoutMs?: number;
  /** Aborts when the app stops. This ends open GET requests; all others wait for their answers. */
  readonly stopping?: AbortSignal;
}

/** A request, as Twilio's client makes it. */
export interface HttpRequest {
  readonly method: string;
  readonly uri: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The parameters of the query. */
  readonly params?: object | undefined;
  readonly data?: object | undefined;
  /** A complete body, in place of `data`. */
  readonly body?: string | undefined;
}

export interface HttpResponse {
  readonly statusCode: number;
  /** The parsed JSON; the text if the answer is not JSON. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpClient {
  /**
   * Sends one request.
   *
   * @throws {TwilioUnreachableError} if no byte of the request left the machine
   * @throws {TwilioConnectionLostError} if the request was sent, but no complete answer came
   * @throws {TwilioTooManyRequestsError} for HTTP 429
   */
  request(asked: HttpRequest): Promise<HttpResponse>;
}

/**
 * Creates the HTTP client for Twilio's client, in place of axios. Axios does not tell whether a request was sent, and
 * its errors contain the credentials. This client follows no redirect and does not retry.
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
    const timedOut = new AbortController();
    // When the app stops, it aborts only the GET requests that began before the stop. A request that begins later,
    // during the shutdown, may wait for its answer.
    const signal =
      isRead && stopping?.aborted === false ? AbortSignal.any([timedOut.signal, stopping]) : timedOut.signal;
    void clock.wait(responseTimeoutMs, answered.signal).then(() => {
      if (!answered.signal.aborted) timedOut.abort();
    });
    let hasLeft = false;

    function reasonOf(error: unknown): string {
      if (timedOut.signal.aborted) return `no answer within ${responseTimeoutMs / 1000} s`;
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
      return {
        statusCode: response.status,
        body: parsed(bytes.toString()),
        headers: Object.fromEntries(response.headers),
      };
    } catch (error) {
      if (error instanceof TwilioConnectionLostError) throw error;
      // The request itself is invalid, for example one of its headers. This is a mistake in the app, and no failure of
      // Twilio.
      if (!hasLeft && !(error instanceof TransportError)) throw error;
      if (error instanceof TransportError) hasLeft ||= error.hasLeft;
      // The cause is left out, because it may contain the request or the answer.
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

/** Encodes a body like Twilio's own HTTP client, which sends only forms and JSON. */
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
