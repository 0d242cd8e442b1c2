import { setTimeout as delay } from "node:timers/promises";

import { connectionOverrides } from "./connection-overrides.ts";
import type { ConnectionOverrides, RequestFailure } from "./connection-overrides.ts";
import type { Gate } from "./create-gate.ts";
import { sendWebhook } from "./send-webhook.ts";
import type { WebhookAnswer, WebhookSigner, WebhookTarget } from "./send-webhook.ts";

/** One request to the app, with all its attempts. */
export interface MadeRequest {
  /** The signed URL, without the fragment. */
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly parameters: Readonly<Record<string, string>>;
  /** The idempotency token, which is the same in all attempts. */
  readonly idempotencyToken: string;
  /** The HTTP status of each attempt, or the reason why there was none. */
  readonly tries: readonly (number | "ct" | "rt")[];
}

export interface RequestOptions {
  readonly signer: WebhookSigner;
  readonly target: WebhookTarget;
  readonly parameters: Readonly<Record<string, string>>;
  /** The pause before a retry. Twilio does not document its own pause. */
  readonly retryAfterMs: number;
  /** The timeout of all attempts together, in milliseconds, unless the URL sets another one. */
  readonly timeoutMs: number;
  /** Each attempt waits at this gate. The wait does not count for Twilio's timeouts. */
  readonly gate: Gate;
  /** Aborts when the simulator stops. */
  readonly closed: AbortSignal;
  /** Called at the start of the request. `tries` grows later. */
  readonly onRequest: (request: MadeRequest) => void;
}

export type RequestOutcome =
  | { readonly ok: true; readonly answer: WebhookAnswer }
  | {
      readonly ok: false;
      readonly code: number;
      readonly reason: string;
      /** The answer; null if none came. */
      readonly answer: WebhookAnswer | null;
    };

/** Sends a request to the app like Twilio: signed, with the retries and timeouts of the URL's fragment. */
export async function requestWebhook(options: RequestOptions): Promise<RequestOutcome> {
  const { signer, target, parameters, closed } = options;
  if (!URL.canParse(target.url))
    return { ok: false, code: 11100, reason: "the address is invalid", answer: null };
  const overrides = overridesOf(target.url, options.timeoutMs);
  if (typeof overrides === "string") return { ok: false, code: 11243, reason: overrides, answer: null };
  const { url, retries, retriedFailures, readMs, totalMs } = overrides;
  let endsAt = Date.now() + totalMs;
  const idempotencyToken = crypto.randomUUID();
  const tries: (number | "ct" | "rt")[] = [];
  const headers = { "I-Twilio-Idempotency-Token": idempotencyToken };
  options.onRequest({ url, method: target.method ?? "POST", parameters, idempotencyToken, tries });

  for (;;) {
    endsAt += await options.gate.passed();
    closed.throwIfAborted();
    const leftMs = Math.max(1, Math.min(readMs, endsAt - Date.now()));
    const signal = AbortSignal.any([closed, AbortSignal.timeout(leftMs)]);
    const result = await sendWebhook(signer, { ...target, url }, parameters, headers, signal).catch(
      failureOf,
    );
    closed.throwIfAborted();
    if (typeof result === "object") {
      tries.push(result.status);
      if (result.status >= 200 && result.status < 300) return { ok: true, answer: result };
    } else {
      tries.push(result);
    }
    const failure = typeof result === "object" ? failureOfStatus(result.status) : result;
    const isOver = Date.now() + options.retryAfterMs >= endsAt || tries.length > retries;
    if (failure === null || isOver || !retriedFailures.includes(failure)) return failed(result);
    await delay(options.retryAfterMs, undefined, { signal: closed });
  }
}

function overridesOf(address: string, timeoutMs: number): ConnectionOverrides | string {
  try {
    return connectionOverrides(address, timeoutMs);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return error.message;
  }
}

function failureOf(error: unknown): "ct" | "rt" {
  const code = ((error as Error).cause as { code?: string } | undefined)?.code;
  return code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN" ? "ct" : "rt";
}

function failureOfStatus(status: number): RequestFailure | null {
  if (status >= 500) return "5xx";
  return status >= 400 ? "4xx" : null;
}

function failed(result: WebhookAnswer | "ct" | "rt"): RequestOutcome {
  const none = { ok: false, answer: null } as const;
  if (result === "ct") return { ...none, code: 11205, reason: "no connection is possible" };
  if (result === "rt") return { ...none, code: 11200, reason: "there was no answer in time" };
  return { ok: false, code: 11200, reason: `the answer has status ${result.status}`, answer: result };
}
