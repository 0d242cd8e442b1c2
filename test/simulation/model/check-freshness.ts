import type { Schedule } from "../schedule/schedule.ts";
import { arrivalsIn } from "./check-webhooks.ts";
import type { Arrival } from "./check-webhooks.ts";
import type { ArrivedNote, History } from "./history.ts";

/**
 * How old an event may be for automations to act on it, in milliseconds. Source: the rule of freshness in the design.
 */
const FRESH_FOR = { message: 600_000, "incoming call": 30_000 };
/** How long after the end of a life its events may still arrive, in milliseconds. */
const FRAME_MS = 3_500;
/** The most that the app's knowledge of Twilio's clock is wrong, in milliseconds. */
const CLOCK_MS = 1_500;
/** The longest time of a frame on its way, with the rounding of clocks to seconds. */
const ON_THE_WAY_MS = 5_000;

/**
 * Checks that young events can be acted on, that old ones cannot, and that no event is called missed without a
 * reason.
 */
export function checkFreshness(history: History, { journal }: Pick<Schedule, "journal">): string[] {
  return arrivalsIn(history).flatMap((arrival) => {
    const { kind, sid, event } = arrival;
    const age = event.wall - Date.parse(String(event.data["received_at"]));
    if (wasClockSet(history, event.at)) return [];
    const isActing = event.type === "twilio_data_received";
    // Without a journal of the time before, the app asks Twilio for the age of messages and calls.
    const isAgeAsked = journal !== "used";
    if (isActing && Math.abs(age) > FRESH_FOR[kind] + ON_THE_WAY_MS)
      return [`a ${kind} acted ${age / 1_000} s late: ${sid}`];
    const notes = notesBefore(arrival, history);
    // Twilio and the relay repeat their requests while the caller is on the line.
    const lastNotedAt = Math.max(event.at - age, ...notes.map(({ at }) => at));
    if (isActing && kind === "incoming call" && wasPowerCut(history, lastNotedAt, event.at - FRAME_MS))
      return [`a call acted that came before the machine started: ${sid}`];
    // By then, the caller has heard the relay's own sentence, and the call ends.
    const overdueMs = notes.map((note) => note.overdueMs);
    if (isActing && kind === "incoming call" && overdueMs.length > 0 && Math.min(...overdueMs) > CLOCK_MS)
      return [`a call acted that the relay had given up: ${sid}`];
    const isStale = Math.abs(age) > FRESH_FOR[kind] - ON_THE_WAY_MS;
    if (
      isActing ||
      isStale ||
      isAgeAsked ||
      Math.max(...overdueMs) > -FRAME_MS ||
      isExcused(arrival, history, event.at - age)
    )
      return [];
    return [`a ${kind} was called missed at an age of ${age / 1_000} s: ${sid}`];
  });
}

function notesBefore({ sid, event }: Arrival, { received }: History): readonly ArrivedNote[] {
  const notes = received.find((one) => one.sid === sid)?.notes ?? [];
  return notes.filter(({ at }) => at <= event.at);
}

/**
 * Whether an event is missed for another reason than its age: it may have been delivered before, or its call has
 * ended.
 */
function isExcused({ kind, event }: Arrival, history: History, receivedAt: number): boolean {
  if (event.data["redelivered"] === true) return true;
  if (kind === "message") return false;
  const isClockSet = history.clockChanges.length > 0;
  return event.data["source"] === "backfill" || isClockSet || wasPowerCut(history, receivedAt - 1, event.at);
}

/** Whether the machine lost its power in this time, so that earlier callers have hung up. */
function wasPowerCut({ lives, clockChanges }: History, from: number, to: number): boolean {
  if (clockChanges.length > 0) return false;
  return lives.some(
    ({ how, endedAt }) => how === "power" && endedAt !== null && from < endedAt && endedAt < to,
  );
}

/** Whether the clock was set shortly before, so that the age at the app's check is unknown. */
function wasClockSet({ clockChanges }: History, at: number): boolean {
  return clockChanges.some((change) => change.at <= at && change.at > at - ON_THE_WAY_MS);
}
