import type { Alarm } from "../alarm.ts";

/** If nobody answers a call, the app knows the call's end at most this many seconds after `ring_seconds`. */
const REPORT_SECONDS = 15;

/**
 * The time for one person's turn (all calls and texts to this person in a round) if nobody answers, in milliseconds. A
 * turn takes longer if Twilio queues a call or somebody answers.
 */
export function turnMs({ terms }: Pick<Alarm, "terms">): number {
  return (terms.calls * (terms.ringSeconds + REPORT_SECONDS) + terms.waitSeconds) * 1_000;
}

/** The time for one round (a turn of each person, as in `turnMs`) and the pause after it, in milliseconds. */
export function roundMs(alarm: Pick<Alarm, "terms" | "people">): number {
  return alarm.people.length * turnMs(alarm) + alarm.terms.pauseSeconds * 1_000;
}
