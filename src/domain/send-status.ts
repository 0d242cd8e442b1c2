import type { SendRequest } from "./send-request.ts";
import { errorOf } from "./twilio-error.ts";
import type { ReportedError } from "./twilio-error.ts";
import type { WaitFor } from "./wait-for.ts";

/** The latest that is known of a message or call. */
export interface SendStatus {
  readonly status: string;
  readonly error: ReportedError | null;
  /** `human`, `machine_start`, …; null where nobody listened for it, or it is not known yet. */
  readonly answeredBy: string | null;
  /** Of a call that is over, in seconds. */
  readonly duration: number | null;
}

/** Order in which statuses follow each other; callbacks come in any. Source: Twilio, message and call resources. */
const STEPS: Readonly<Record<string, number>> = {
  accepted: 0,
  scheduled: 0,
  queued: 1,
  initiated: 2,
  sending: 2,
  ringing: 3,
  sent: 3,
  "in-progress": 4,
  delivered: 5,
  partially_delivered: 5,
  undelivered: 5,
  failed: 5,
  canceled: 5,
  completed: 5,
  busy: 5,
  "no-answer": 5,
  read: 6,
};

/** How far a status is; what Twilio may add is taken for news. */
export function stepOf(status: string): number {
  return STEPS[status] ?? 4;
}

const FAILED: ReadonlySet<string> = new Set(["undelivered", "failed", "canceled", "busy", "no-answer"]);

/** Whether it has come to a bad end. */
export function isFailedStatus(status: string): boolean {
  return FAILED.has(status);
}

const FAILURES: Readonly<Record<string, string>> = {
  undelivered: "The message could not be delivered.",
  failed: "Twilio could not send it.",
  canceled: "It was canceled.",
  busy: "The line was busy.",
  "no-answer": "Nobody answered.",
};

/** Steps at which a wait is over, if all goes well. */
const REACHED_AT: Readonly<Record<WaitFor, number>> = {
  accepted: 0,
  queued: 0,
  sent: 3,
  answered: 4,
  delivered: 5,
  completed: 5,
};

/**
 * What a status says to who waits: `reached`, `failed` with its reason, or `waiting` still. A call's answering machine
 * is waited for where it is listened for; a machine that answers has answered.
 */
export function progressOf(
  { status, error, answeredBy }: SendStatus,
  waitFor: WaitFor,
  request: SendRequest,
): { readonly kind: "reached" | "waiting" } | { readonly kind: "failed"; readonly error: ReportedError } {
  if (FAILED.has(status)) return { kind: "failed", error: failure(status, error, request) };
  if (stepOf(status) < REACHED_AT[waitFor]) return { kind: "waiting" };
  const listens = request.command === "make_call" && request.detectMachine === true;
  const isHeard = answeredBy !== null || status === "completed";
  return { kind: waitFor === "answered" && listens && !isHeard ? "waiting" : "reached" };
}

/** A call's failure has its status as code; a message's has Twilio's error where it gives one. */
function failure(status: string, error: ReportedError | null, { command }: SendRequest): ReportedError {
  const plain = { code: status, message: FAILURES[status] ?? `It ended as ${status}.`, more_info: null };
  if (command === "make_call") return error === null ? plain : { ...error, code: status };
  return error ?? plain;
}

/** Twilio's own words for a status, out of a callback or its API. */
export function sendStatus(told: {
  readonly status: string;
  readonly errorCode?: string | number | null | undefined;
  readonly errorMessage?: string | null | undefined;
  readonly answeredBy?: string | null | undefined;
  readonly duration?: string | null | undefined;
}): SendStatus {
  const { status, errorCode, errorMessage, answeredBy, duration } = told;
  return {
    status,
    error: errorCode ? errorOf(String(errorCode), errorMessage) : null,
    answeredBy: answeredBy || null,
    duration: duration ? Number(duration) : null,
  };
}
