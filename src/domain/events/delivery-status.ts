import { errorOrNull, type ReportedError } from "../reported-error.ts";
import { isFailedStatus, statusRank } from "./status-order.ts";

/** The latest known status of a message or call. */
export interface DeliveryStatus {
  readonly status: string;
  readonly error: ReportedError | null;
  /**
   * The result of Twilio's machine detection, such as `human` or `machine_start`. Null if it found nothing yet or was
   * not requested.
   */
  readonly answeredBy: string | null;
  /** The duration of an ended call, in seconds. */
  readonly duration: number | null;
}

/** Whether a status belongs to a message or a call, and whether Twilio detects answering machines on the call. */
export interface SentKind {
  readonly command: "send_message" | "make_call";
  readonly detectMachine?: boolean | undefined;
}

/** The status in a callback. A callback that only reports who answered the call has null as `status`. */
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

/**
 * For each value of the field `wait_for`: the rank of the status (see `statusRank`) at which the automation gets its
 * result.
 */
const REACHED_AT: Readonly<Record<WaitFor, number>> = {
  accepted: 0,
  queued: 0,
  sent: 3,
  answered: 4,
  delivered: 6,
  completed: 6,
};

/**
 * Decides whether a status ends the wait for `waitFor`: `reached`, `failed` with the error, or still `waiting`.
 *
 * If Twilio detects answering machines, an answered call waits for the result of the detection. A machine counts as an
 * answer.
 */
export function progressOf(
  { status, error, answeredBy }: DeliveryStatus,
  waitFor: WaitFor,
  request: SentKind,
): { readonly kind: "reached" | "waiting" } | { readonly kind: "failed"; readonly error: ReportedError } {
  if (isFailedStatus(status)) return { kind: "failed", error: failure(status, error, request) };
  if (statusRank(status) < REACHED_AT[waitFor]) return { kind: "waiting" };
  const detectsMachine = request.command === "make_call" && request.detectMachine === true;
  const isDetected = answeredBy !== null || status === "completed";
  return { kind: waitFor === "answered" && detectsMachine && !isDetected ? "waiting" : "reached" };
}

/**
 * Makes the error of a failed message or call. The code of a failed call is its status; that of a failed message is
 * Twilio's error code, if Twilio reported one.
 */
function failure(status: string, error: ReportedError | null, { command }: SentKind): ReportedError {
  const plain = { code: status, message: FAILURES[status] ?? `It ended as ${status}.`, more_info: null };
  if (command === "make_call") return error === null ? plain : { ...error, code: status };
  return error ?? plain;
}

/** Reads a status from fields of a callback or of Twilio's API. Twilio gives `duration` in seconds, as text. */
export function deliveryStatusOf<Status extends string | null>(reported: {
  readonly status: Status;
  readonly errorCode?: string | number | null | undefined;
  readonly errorMessage?: string | null | undefined;
  readonly answeredBy?: string | null | undefined;
  readonly duration?: string | null | undefined;
}) {
  const { status, errorCode, errorMessage, answeredBy, duration } = reported;
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

/**
 * The values of the field `wait_for` for messages; `CALL_WAITS` has those for calls. The automation gets its result at
 * the named status.
 */
export const MESSAGE_WAITS = ["accepted", "sent", "delivered"] as const;
export const CALL_WAITS = ["queued", "answered", "completed"] as const;

export type WaitFor = (typeof MESSAGE_WAITS)[number] | (typeof CALL_WAITS)[number];

/** Whether the automation gets its result as soon as Twilio has accepted the message or call. */
export function isReachedOnAcceptance(waitFor: WaitFor): boolean {
  return waitFor === "accepted" || waitFor === "queued";
}
