import type { PollingJournal } from "../ports.ts";
import type { PolledAccount } from "./message-number.ts";

const DAY_MS = 86_400_000;

/** Twilio's dates have whole seconds. */
const RESOLUTION_MS = 1_000;

/** The present time by two clocks, in milliseconds since 1970, and how long the app has been polling. */
export interface PollingTimes {
  /** The present time by Twilio's clock, in milliseconds since 1970. */
  readonly now: number;
  /** The time since the app started to poll, in milliseconds. Twilio may have been unreachable since then. */
  readonly sinceStartMs: number;
  /** The present time by this machine's clock, in milliseconds since 1970. */
  readonly localNow: number;
}

/**
 * Stores the time from which messages of the account fire events, before any message is read. At a first start, this
 * is the start, so that older messages fire nothing.
 *
 * After the loss of a journal, it is the time of the loss. Polling then reads the day before the loss, too.
 *
 * @param lostAt when a journal was lost, in milliseconds since 1970 by this machine's clock; null if none was
 * @returns `isNew`: whether the time was stored by this call
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
