import type { DeliveryStatus } from "./delivery-status.ts";

/** The lowest rank of a final status. After a final status, Twilio reports only a correction or `read`. */
const FINAL_STEP = 5;

/**
 * The rank of each status, because callbacks may arrive in any order. Networks correct themselves: an `undelivered`
 * message may become `delivered`. So a status that reports success (delivered, answered) ranks higher than one that
 * reports a failure. Source: Twilio, message and call resources.
 */
const STEPS: Readonly<Record<string, number>> = {
  accepted: 0,
  scheduled: 0,
  queued: 1,
  initiated: 2,
  sending: 2,
  ringing: 3,
  sent: 3,
  "in-progress": 4,
  undelivered: FINAL_STEP,
  failed: FINAL_STEP,
  canceled: FINAL_STEP,
  busy: FINAL_STEP,
  "no-answer": FINAL_STEP,
  completed: 6,
  partially_delivered: 6,
  delivered: 7,
  read: 8,
};

/** Returns the rank of a status. A status that the app does not know counts as progress, below all final statuses. */
export function statusRank(status: string): number {
  return STEPS[status] ?? 4;
}

const FAILED: ReadonlySet<string> = new Set(["undelivered", "failed", "canceled", "busy", "no-answer"]);

/** Whether a message with this status has ended. Afterwards Twilio reports only a correction or `read`. */
export function isFinalMessageStatus(status: string | null): boolean {
  return status !== null && statusRank(status) >= FINAL_STEP;
}

/** Whether a status means that the message or call has failed. */
export function isFailedStatus(status: string): boolean {
  return FAILED.has(status);
}

/**
 * Combines the known status of a message or call with a reported one. The result has the later status, and the details
 * of both that fit this status.
 */
export function combineStatuses(known: DeliveryStatus, reported: DeliveryStatus): DeliveryStatus {
  const [latest, other] = isOvertaken(known.status, reported.status) ? [reported, known] : [known, reported];
  const isSame = latest.status === other.status;
  return {
    status: latest.status,
    // The error of a failure does not belong to a later success.
    error: better(latest.error, isSame || isFailedStatus(latest.status) ? other.error : null),
    answeredBy: latest.answeredBy ?? other.answeredBy,
    duration: latest.duration ?? (isSame ? other.duration : null),
  };
}

function isOvertaken(known: string, reported: string): boolean {
  const [before, after] = [statusRank(known), statusRank(reported)];
  return after > before || known === reported || (after === before && after < FINAL_STEP);
}

/**
 * Returns the first of two errors that is not null. If both have the same code, returns the one with the longer
 * message.
 */
function better(first: DeliveryStatus["error"], second: DeliveryStatus["error"]): DeliveryStatus["error"] {
  if (first === null || second === null || first.code !== second.code) return first ?? second;
  return second.message.length > first.message.length ? second : first;
}

/** Whether `next` differs from `known` in its status, error code, machine detection or duration. */
export function isNewStatus(known: DeliveryStatus, next: DeliveryStatus): boolean {
  return (
    known.status !== next.status ||
    known.error?.code !== next.error?.code ||
    known.answeredBy !== next.answeredBy ||
    known.duration !== next.duration
  );
}
