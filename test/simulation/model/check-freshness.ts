import type { Schedule } from "../schedule/schedule.ts";
import { arrivalsIn } from "./check-webhooks.ts";
import type { HeardArrival } from "./check-webhooks.ts";
import type { History } from "./history.ts";

/** Milliseconds for which an automation may still act on it. Source: the design's rule of freshness. */
const FRESH_FOR = { message: 600_000, "incoming call": 30_000 };
/** A frame takes so long at most, and clocks have seconds. */
const ON_THE_WAY_MS = 5_000;

/** What is fresh acts, what is stale does not, and nothing is called missed without a reason. */
export function checkFreshness(history: History, { journal }: Pick<Schedule, "journal">): string[] {
  return arrivalsIn(history).flatMap((arrival) => {
    const { kind, sid, event } = arrival;
    const age = event.wall - Date.parse(String(event.data["received_at"]));
    const limit = FRESH_FOR[kind];
    if (wasClockSet(history, event.at)) return [];
    if (
      event.type === "twilio_data_received" &&
      kind === "incoming call" &&
      isOfEarlierBoot(arrival, history)
    )
      return [`a call acted that came before the machine started: ${sid}`];
    if (event.type === "twilio_data_received")
      return Math.abs(age) > limit + ON_THE_WAY_MS ? [`a ${kind} acted ${age / 1_000} s late: ${sid}`] : [];
    const isStale = Math.abs(age) > limit - ON_THE_WAY_MS;
    // Without the journal of all that came before, Twilio is asked how old it is.
    const isAgeAsked = journal !== "used";
    if (isStale || isAgeAsked || isExcused(arrival, history)) return [];
    return [`a ${kind} was called missed at an age of ${age / 1_000} s: ${sid}`];
  });
}

/** Other reasons than its age: it may have been delivered before, or nobody has rung since. */
function isExcused({ kind, event }: HeardArrival, history: History): boolean {
  if (event.data["redelivered"] === true) return true;
  if (kind === "message") return false;
  return event.data["source"] === "backfill" || history.lives.some(({ how }) => how === "power");
}

/** Whoever called before the power failed has hung up long since. */
function isOfEarlierBoot({ sid, event }: HeardArrival, { lives, webhooks }: History): boolean {
  const cuts = lives.flatMap(({ how, endedAt }) => (how === "power" && endedAt !== null ? [endedAt] : []));
  const acceptedAt =
    webhooks.find((one) => one.sid === sid && one.kind === "incoming call")?.acceptedAt ?? null;
  return acceptedAt !== null && cuts.some((cut) => acceptedAt < cut && cut + ON_THE_WAY_MS < event.at);
}

/** Shortly before, so that nobody can say how old it was when the app looked. */
function wasClockSet({ clockChanges }: History, at: number): boolean {
  return clockChanges.some((change) => change.at <= at && change.at > at - ON_THE_WAY_MS);
}
