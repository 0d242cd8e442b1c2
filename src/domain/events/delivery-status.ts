import { errorOrNull, type ReportedError } from "../reported-error.ts";
import { isFailedStatus, statusRank } from "./status-order.ts";

/** The latest known status of a message or call. */
export interface DeliveryStatus {
  readonly status: string;
  readonly error: ReportedError | null;
  /** `human`, `machine_start`, …; null if it was not detected, or is not known yet. */
  readonly answeredBy: string | null;
  /** The duration of an ended call, in seconds. */
  readonly duration: number | null;
}

/** A message, or a call with or without detection of an answering machine. */
export interface SentKind {
  readonly command: "send_message" | "make_call";
  readonly detectMachine?: boolean | undefined;
}

/** A status in a callback. A callback about who answered has no `status`. */
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

/** The rank of a status (see `statusRank`) at which a wait ends successfully. */
const REACHED_AT: Readonly<Record<WaitFor, number>> = {
  accepted: 0,
  queued: 0,
  sent: 3,
  answered: 4,
  delivered: 6,
  completed: 6,
};

/**
 * Whether a status ends a wait: `reached`, `failed` with its error, or still `waiting`. If a machine is to be detected, an
 * answered call waits for the result of the detection. A machine counts as an answer.
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

/** The error of a failed call has the status as its code; that of a message is Twilio's error, if there is one. */
function failure(status: string, error: ReportedError | null, { command }: SentKind): ReportedError {
  const plain = { code: status, message: FAILURES[status] ?? `It ended as ${status}.`, more_info: null };
  if (command === "make_call") return error === null ? plain : { ...error, code: status };
  return error ?? plain;
}

/** Reads a status from the fields of a callback or of Twilio's API. `duration` is in seconds, as text. */
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

/** The values of `wait_for`: at which status the automation gets the result of its request. */
export const MESSAGE_WAITS = ["accepted", "sent", "delivered"] as const;
export const CALL_WAITS = ["queued", "answered", "completed"] as const;

export type WaitFor = (typeof MESSAGE_WAITS)[number] | (typeof CALL_WAITS)[number];

/** Whether the request has its result as soon as Twilio has accepted it. */
export function isReachedOnAcceptance(waitFor: WaitFor): boolean {
  return waitFor === "accepted" || waitFor === "queued";
}
