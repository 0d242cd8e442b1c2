import type { PolledAccount, PolledNumber } from "./message-number.ts";

const DAY_MS = 86_400_000;
/** For so long, by Twilio's clock, the webhook of a message is waited for where the number points at the app. */
export const WEBHOOK_WAIT_MS = 60_000;

/**
 * What to do with a message of the list. `wait`: its webhook may still bring it; `repeat`: Home Assistant may have heard
 * of it before the journal was lost, so it must not act.
 */
export type MessageVerdict = "ignore" | "wait" | "tell" | "repeat";

export interface JudgedNumber extends Pick<PolledNumber, "pollFrom"> {
  /** Twilio reports its messages to the app. */
  readonly pointsHere: boolean;
}

/**
 * Judges a message that nothing is known about. `number`: how the number that it came to is polled, undefined if it is
 * not. All times are Twilio's, in milliseconds since 1970.
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
  return number.pointsHere && now - createdAt < WEBHOOK_WAIT_MS ? "wait" : "tell";
}
