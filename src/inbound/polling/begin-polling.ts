import type { PollingJournal } from "../ports.ts";
import type { PolledAccount } from "./message-number.ts";

const DAY_MS = 86_400_000;

/** Twilio's dates have whole seconds, so a time by its clock is exact only to this many milliseconds. */
const RESOLUTION_MS = 1_000;

/** The present time by Twilio's clock and by this machine's clock, and for how long the app has been polling. */
export interface PollingTimes {
  /** The present time by Twilio's clock, in milliseconds since 1970. */
  readonly now: number;
  /** The time since the app began to poll, in milliseconds. Messages that came during this time fire events, too. */
  readonly sinceStartMs: number;
  /** The present time by this machine's clock, in milliseconds since 1970. */
  readonly localNow: number;
}

/**
 * Stores the time from which on the account's messages fire events, before any message is read. At the first start of
 * an installation, this is the time of the start, so older messages fire nothing.
 *
 * If a journal (the app's database) was lost within the last day, the stored time is the time of the loss. Polling then
 * also reads older messages of the last 24 hours.
 *
 * @param lostAt when a journal was lost, in milliseconds since 1970 by this machine's clock; null if none was lost
 * @returns `isNew`: whether this call stored the time; false if an earlier one did
 */
export async function beginPolling(
  journal: Pick<PollingJournal, "account" | "saveAccount">,
  lostAt: number | null,
  { now, localNow, sinceStartMs }: PollingTimes,
): Promise<{ readonly account: PolledAccount; readonly isNew: boolean }> {
  const known = journal.account();
  const isLossRecent = lostAt !== null && localNow - lostAt < DAY_MS;
  if (known !== null && (known.lostAt === lostAt || !isLossRecent)) return { account: known, isNew: false };
  const start = Math.floor((now - sinceStartMs) / RESOLUTION_MS) * RESOLUTION_MS;
  const account = isLossRecent
    ? { pollFrom: lostAt + (now - localNow), newest: now - DAY_MS, lostAt }
    : { pollFrom: start, newest: start, lostAt: null };
  await journal.saveAccount(account);
  return { account, isNew: true };
}
