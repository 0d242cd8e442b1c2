import type { Clock } from "../domain/clock.ts";
import type { TwilioClock } from "./relay/ports.ts";

/** The present time by Twilio's clock, in milliseconds since 1970. */
export function twilioNow(clock: Pick<Clock, "now">, twilioClock: TwilioClock): number {
  return toTwilioTime(clock.now(), twilioClock);
}

/** Converts a time by this machine's clock, in milliseconds since 1970, to Twilio's clock. */
export function toTwilioTime(at: number, twilioClock: TwilioClock): number {
  return at + twilioClock.aheadMs();
}

/**
 * Converts a time by Twilio's clock, in milliseconds since 1970, to this machine's clock. The freshness of an event counts
 * by this machine's clock, so a wrong clock must not make a new message look old. The times that the app has stored are
 * by this clock as well.
 */
export function toLocalTime(at: number, twilioClock: TwilioClock): number {
  return at - twilioClock.aheadMs();
}

/** Converts the time of an item in one of Twilio's lists to this machine's clock. */
export function atLocalTime<Item extends { readonly createdAt: Date }>(
  item: Item,
  twilioClock: TwilioClock,
): Item {
  return { ...item, createdAt: new Date(toLocalTime(item.createdAt.getTime(), twilioClock)) };
}
