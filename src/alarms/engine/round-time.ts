import type { Alarm } from "../alarm.ts";

/** How much later than `ring_seconds` the end of a call is known. */
const REPORT_SECONDS = 15;

/** The longest time for the turn of one person, in milliseconds. */
export function turnMs({ terms }: Pick<Alarm, "terms">): number {
  return (terms.calls * (terms.ringSeconds + REPORT_SECONDS) + terms.waitSeconds) * 1_000;
}

/** The longest time for one round with the pause after it, in milliseconds. */
export function roundMs(alarm: Pick<Alarm, "terms" | "people">): number {
  return alarm.people.length * turnMs(alarm) + alarm.terms.pauseSeconds * 1_000;
}
