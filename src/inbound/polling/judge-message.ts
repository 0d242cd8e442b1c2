import type { PolledAccount, PolledNumber } from "./message-number.ts";

const DAY_MS = 86_400_000;
/** If a number is set up for the app, the webhook of a message may take this long, in milliseconds by Twilio's clock. */
export const WEBHOOK_WAIT_MS = 60_000;

/**
 * What to do with a message of the list.
 *
 * - `ignore`: it fires no event
 * - `wait`: its webhook may still arrive
 * - `fire`: it fires an event
 * - `repeat`: it fires an event that automations must not act on. The same event may have been fired before the journal
 *   was lost
 */
export type MessageVerdict = "ignore" | "wait" | "fire" | "repeat";

export interface JudgedNumber extends Pick<PolledNumber, "pollFrom"> {
  /** Whether Twilio sends its messages to the app. */
  readonly pointsHere: boolean;
}

/**
 * Judges a message that the journal does not have. All times are in milliseconds since 1970, by Twilio's clock.
 *
 * @param number the polled number that received the message; undefined if that number is not polled
 */
export function judgeMessage(
  createdAt: number,
  number: JudgedNumber | undefined,
  account: PolledAccount,
  now: number,
): MessageVerdict {
  if (number === undefined || number.pollFrom === null || createdAt < now - DAY_MS) return "ignore";
  if (createdAt < Math.max(account.pollFrom, number.pollFrom)) {
    const wasPolledBefore = account.lostAt !== null && number.pollFrom <= account.pollFrom;
    return wasPolledBefore && createdAt < account.pollFrom ? "repeat" : "ignore";
  }
  return number.pointsHere && now - createdAt < WEBHOOK_WAIT_MS ? "wait" : "fire";
}
