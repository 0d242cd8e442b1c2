import type { Clock } from "../../domain/clock.ts";
import { readAtMost } from "../../domain/read-at-most.ts";
import type { Transport, TransportResponse } from "../../domain/transport.ts";
import { asObject } from "../events/unwrap-trigger.ts";
import { HomeAssistantUnavailableError } from "./errors.ts";

export interface RestResponse {
  readonly status: number;
  /** The body of the answer: the parsed value if it is JSON, else the text. */
  readonly body: unknown;
}

/**
 * Sends a request to `<base URL>/api/<path>` of Home Assistant. Resolves with each answer of Core, even if its HTTP
 * status reports an error.
 *
 * @throws {HomeAssistantUnavailableError} if Core does not answer; a retry can help. The field `sent` of the error says
 * whether the request may have reached Core
 */
export type RestClient = (
  method: "GET" | "POST",
  path: string,
  options: { readonly body?: unknown; readonly signal: AbortSignal },
) => Promise<RestResponse>;

export interface RestClientOptions {
  /** The base URL of Home Assistant: Supervisor's proxy `http://supervisor/core`, or the URL of Core itself. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly transport: Transport;
  readonly clock: Clock;
}

/** The highest length of an answer, in bytes. A large Home Assistant's list of all actions has about 1 MiB. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

/** The statuses with which Supervisor's proxy answers if it cannot reach Core, or Core does not run yet. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

/** Creates a client for the REST API of Home Assistant. Each request has its own connection. */
export function createRestClient({ url, token, timeoutMs, transport, clock }: RestClientOptions): RestClient {
  async function ask(
    method: string,
    path: string,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<RestResponse> {
    const response = await transport.request(`${url}/api/${path}`, {
      method,
      body,
      signal: AbortSignal.any([signal, clock.timeoutSignal(timeoutMs)]),
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
    return await readAnswer(response);
  }

  return async (method, path, { body, signal }) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await ask(method, path, text, signal).catch((error: unknown) => {
      throw new HomeAssistantUnavailableError("Home Assistant did not answer.", true, { cause: error });
    });
    if (AWAY.has(answer.status) || isSupervisorStarting(answer))
      throw new HomeAssistantUnavailableError(`Home Assistant is away (HTTP ${answer.status}).`, false);
    return answer;
  };
}

/** Whether Supervisor is restarting while the app runs. It then answers 400 in a form that Core does not use. */
function isSupervisorStarting({ status, body }: RestResponse): boolean {
  return status === 400 && asObject(body)["result"] === "error";
}

async function readAnswer(response: TransportResponse): Promise<RestResponse> {
  const bytes = await readAtMost(response, LONGEST_ANSWER);
  if (bytes === null) throw new Error("the answer is too long");
  const text = bytes.toString();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}
