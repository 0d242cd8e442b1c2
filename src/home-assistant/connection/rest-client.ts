import { once } from "node:events";
import { request as requestByHttp } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestByHttps } from "node:https";

import { asObject } from "../events/trigger-data.ts";
import { HomeAssistantUnavailableError } from "./errors.ts";

export interface RestResponse {
  readonly status: number;
  /** Parsed where it is JSON, else its text. */
  readonly body: unknown;
}

/**
 * Asks `<base URL>/api/<path>`; every status that Core itself gives is an answer.
 *
 * @throws {HomeAssistantUnavailableError} try again later; `sent` tells whether it may have arrived
 */
export type RestClient = (
  method: "GET" | "POST",
  path: string,
  options: { readonly body?: unknown; readonly signal: AbortSignal },
) => Promise<RestResponse>;

export interface RestClientOptions {
  /** Base URL: `http://supervisor/core`, or where Home Assistant is. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
}

/** A busy Home Assistant lists all of its actions in about 1 MiB. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

/** Supervisor's while it cannot reach Core, or Core does not run yet. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

/** Node's own client, and a connection for each request: `fetch` would cost 8 MB of memory for a few of them. */
export function createRestClient({ url, token, timeoutMs }: RestClientOptions): RestClient {
  const send = url.startsWith("https:") ? requestByHttps : requestByHttp;

  async function ask(
    method: string,
    path: string,
    text: string | undefined,
    signal: AbortSignal,
  ): Promise<RestResponse> {
    const request = send(`${url}/api/${path}`, {
      method,
      agent: false,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
    // Kept: what ends the reading is an error of the request too.
    request.on("error", () => {});
    request.end(text);
    const [response] = (await once(request, "response")) as [IncomingMessage];
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

/** Supervisor, started anew beside the running app, answers 400 in a form that Core has not. */
function isSupervisorStarting({ status, body }: RestResponse): boolean {
  return status === 400 && asObject(body)["result"] === "error";
}

async function readAnswer(response: IncomingMessage): Promise<RestResponse> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw new Error("the answer is too long");
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  const isJson = response.headers["content-type"]?.startsWith("application/json") ?? false;
  return { status: response.statusCode ?? 0, body: isJson ? JSON.parse(text) : text };
}
