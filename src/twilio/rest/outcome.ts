import { webAddress } from "../../domain/address/web-address.ts";
import type { ListAnswer } from "../../domain/list-answer.ts";
import { errorOf } from "../../domain/reported-error.ts";
import { unknownOutcome, type DeliveryOutcome } from "../../outbound/delivery/message-or-call.ts";
import { TwilioConnectionLostError, TwilioUnreachableError } from "./errors.ts";

/**
 * Twilio's error code for too many open requests. Twilio has not processed the request then. Source:
 * twilio.com/docs/api/errors/20429
 */
const TOO_MANY_REQUESTS = 20429;
/**
 * Twilio's error code for a sender whose queue is full for hours. The HTTP status is 429 as well, but a retry does not
 * help.
 */
const QUEUE_FULL = 21611;

type NotSent = Extract<DeliveryOutcome, { readonly kind: "refused" | "not_sent" }>;
type Failure = NotSent | { readonly kind: "doubt"; readonly why: string };

/** Converts the error of a POST to its outcome. The error is not passed on, because it may contain credentials. */
export function sendOutcomeOf(error: unknown): DeliveryOutcome {
  const failure = failureOf(error);
  return failure.kind === "doubt" ? unknownOutcome(failure.why) : failure;
}

/**
 * Converts the error of a GET to its outcome. A GET never sends a message or call, so after an error Twilio certainly
 * has sent none.
 */
export function lookUpOutcomeOf(error: unknown): NotSent {
  const failure = failureOf(error);
  return failure.kind === "doubt" ? away(failure.why) : failure;
}

function failureOf(error: unknown): Failure {
  if (error instanceof TwilioUnreachableError) return away(error.message);
  if (error instanceof TwilioConnectionLostError) return { kind: "doubt", why: error.message };
  const { status, code, message, moreInfo, retryAfterMs } = parts(error);
  if (typeof status !== "number") return { kind: "doubt", why: "Twilio's answer could not be read" };
  if (code === TOO_MANY_REQUESTS || (status === 429 && code !== QUEUE_FULL)) {
    return {
      kind: "not_sent",
      error: errorOf(String(number(code) ?? TOO_MANY_REQUESTS), text(message)),
      retryAfterMs: number(retryAfterMs) ?? null,
    };
  }
  if (status >= 500) return { kind: "doubt", why: `Twilio had an internal error (HTTP ${status})` };
  const reason = text(message) ?? `Twilio refused the request with HTTP ${status}`;
  const known = errorOf(String(number(code) ?? status), reason);
  return { kind: "refused", error: { ...known, more_info: webAddress(moreInfo) ?? known.more_info } };
}

function away(message: string): NotSent {
  return { kind: "not_sent", error: { code: "twilio_away", message, more_info: null }, retryAfterMs: null };
}

function parts(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** Returns the HTTP status in an error of Twilio's client; null if Twilio did not answer. */
export function failureStatus(error: unknown): number | null {
  return number(parts(error)["status"]) ?? null;
}

/**
 * Reads a list, and returns its items or why they could not be read. The error is not passed on, because it contains
 * the credentials.
 */
export async function tryList<Item>(list: () => Promise<Item[]>): Promise<ListAnswer<Item>> {
  try {
    return { kind: "listed", items: await list() };
  } catch (error) {
    const status = failureStatus(error);
    const isRefused = status !== null && status >= 400 && status < 500 && status !== 429;
    return isRefused ? { kind: "refused", status } : { kind: "away" };
  }
}
