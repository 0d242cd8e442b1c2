import type { DeliveryStatus } from "./delivery-status.ts";

/** After such a status nothing changes any more, except by a correction. */
const FINAL_STEP = 5;

/**
 * Order of the statuses; their callbacks may come in any order. Networks correct themselves: an `undelivered` message
 * may become `delivered`. So a status that reports success (delivered, answered) ranks higher than one that reports a
 * failure. Source: Twilio, message and call resources.
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

/** The rank of a status; a status that the app does not know counts as progress. */
export function statusRank(status: string): number {
  return STEPS[status] ?? 4;
}

const FAILED: ReadonlySet<string> = new Set(["undelivered", "failed", "canceled", "busy", "no-answer"]);

/** Whether it has come to a bad end. */
export function isFailedStatus(status: string): boolean {
  return FAILED.has(status);
}

/** What is known after `told`: the later status, and all that either says of it. */
export function combineStatuses(known: DeliveryStatus, told: DeliveryStatus): DeliveryStatus {
  const [latest, other] = isOvertaken(known.status, told.status) ? [told, known] : [known, told];
  const isSame = latest.status === other.status;
  return {
    status: latest.status,
    // The reason of a failure says nothing of a success that followed.
    error: better(latest.error, isSame || isFailedStatus(latest.status) ? other.error : null),
    answeredBy: latest.answeredBy ?? other.answeredBy,
    duration: latest.duration ?? (isSame ? other.duration : null),
  };
}

function isOvertaken(known: string, told: string): boolean {
  const [before, after] = [statusRank(known), statusRank(told)];
  return after > before || known === told || (after === before && after < FINAL_STEP);
}

/** Of two that name the same error, the one with more words. */
function better(first: DeliveryStatus["error"], second: DeliveryStatus["error"]): DeliveryStatus["error"] {
  if (first === null || second === null || first.code !== second.code) return first ?? second;
  return second.message.length > first.message.length ? second : first;
}

/** Whether `next` says more than `known`, or something else. */
export function isNewStatus(known: DeliveryStatus, next: DeliveryStatus): boolean {
  return (
    known.status !== next.status ||
    known.error?.code !== next.error?.code ||
    known.answeredBy !== next.answeredBy ||
    known.duration !== next.duration
  );
}
