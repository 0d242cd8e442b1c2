import type { PolledAccount, PolledNumber } from "./message-number.ts";

const DAY_MS = 86_400_000;
/**
 * If a number is set up for the app, polling waits this long for the webhook of a message, in milliseconds by Twilio's
 * clock.
 */
export const WEBHOOK_WAIT_MS = 60_000;

/**
 * The decision about a message of Twilio's list.
 *
 * - `ignore`: the message fires no event
 * - `wait`: the message's webhook may still arrive
 * - `fire`: the message fires an event
 * - `repeat`: the message fires an event on which automations must not act. The app may have fired the same event
 *   before its journal was lost
 */
export type MessageVerdict = "ignore" | "wait" | "fire" | "repeat";

export interface JudgedNumber extends Pick<PolledNumber, "pollFrom"> {
  /** Whether Twilio sends the number's messages to the app. */
  readonly pointsHere: boolean;
}

/**
 * Decides what to do with a message that the journal does not have. All times are in milliseconds since 1970, by
 * Twilio's clock.
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
