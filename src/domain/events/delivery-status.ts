import { errorOrNull, type ReportedError } from "../reported-error.ts";
import { isFailedStatus, statusRank } from "./status-order.ts";

/** The latest that is known of a message or call. */
export interface DeliveryStatus {
  readonly status: string;
  readonly error: ReportedError | null;
  /** `human`, `machine_start`, …; null where nobody listened for it, or it is not known yet. */
  readonly answeredBy: string | null;
  /** Of a call that is over, in seconds. */
  readonly duration: number | null;
}

/** What was sent: a message, or a call that may listen for an answering machine. */
export interface SentKind {
  readonly command: "send_message" | "make_call";
  readonly detectMachine?: boolean | undefined;
}

/** What a callback says; one about who answered has no status. */
export interface ReportedStatus extends Omit<DeliveryStatus, "status"> {
  readonly status: string | null;
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
  delivered: 6,
  completed: 6,
};

/**
 * What a status says to who waits: `reached`, `failed` with its reason, or `waiting` still. A call's answering machine
 * is waited for where it is listened for; a machine that answers has answered.
 */
export function progressOf(
  { status, error, answeredBy }: DeliveryStatus,
  waitFor: WaitFor,
  request: SentKind,
): { readonly kind: "reached" | "waiting" } | { readonly kind: "failed"; readonly error: ReportedError } {
  if (isFailedStatus(status)) return { kind: "failed", error: failure(status, error, request) };
  if (statusRank(status) < REACHED_AT[waitFor]) return { kind: "waiting" };
  const listens = request.command === "make_call" && request.detectMachine === true;
  const isHeard = answeredBy !== null || status === "completed";
  return { kind: waitFor === "answered" && listens && !isHeard ? "waiting" : "reached" };
}

/** A call's failure has its status as code; a message's has Twilio's error where it gives one. */
function failure(status: string, error: ReportedError | null, { command }: SentKind): ReportedError {
  const plain = { code: status, message: FAILURES[status] ?? `It ended as ${status}.`, more_info: null };
  if (command === "make_call") return error === null ? plain : { ...error, code: status };
  return error ?? plain;
}

/** Twilio's own words for a status, out of a callback or its API. */
export function deliveryStatusOf<Status extends string | null>(told: {
  readonly status: Status;
  readonly errorCode?: string | number | null | undefined;
  readonly errorMessage?: string | null | undefined;
  readonly answeredBy?: string | null | undefined;
  readonly duration?: string | null | undefined;
}) {
  const { status, errorCode, errorMessage, answeredBy, duration } = told;
  return {
    status,
    error: errorOrNull(errorCode, errorMessage),
    answeredBy: answeredBy || null,
    duration: secondsIn(duration),
  };
}

function secondsIn(text: string | null | undefined): number | null {
  const seconds = text ? Number(text) : Number.NaN;
  return Number.isFinite(seconds) ? seconds : null;
}

/** How far a command has to get before it is answered. */
export const MESSAGE_WAITS = ["accepted", "sent", "delivered"] as const;
export const CALL_WAITS = ["queued", "answered", "completed"] as const;

export type WaitFor = (typeof MESSAGE_WAITS)[number] | (typeof CALL_WAITS)[number];

/** Whether Twilio's first answer is enough. */
export function isReachedOnAcceptance(waitFor: WaitFor): boolean {
  return waitFor === "accepted" || waitFor === "queued";
}
