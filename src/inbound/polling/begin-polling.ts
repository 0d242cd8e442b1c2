import type { PollingJournal } from "../ports.ts";
import type { PolledAccount } from "./message-number.ts";

const DAY_MS = 86_400_000;

/** Twilio's dates have whole seconds. */
const RESOLUTION_MS = 1_000;

/** The same moment by two clocks, in milliseconds since 1970, and when the app began to poll. */
export interface PollingTimes {
  /** Twilio's. */
  readonly now: number;
  /** How long ago the app began to poll: Twilio may have been away since. */
  readonly sinceStartMs: number;
  /** This machine's. */
  readonly localNow: number;
}

/**
 * Writes down, before anything is read, from when on an account's messages are told: the first start, so that no
 * message of the past fires, or the loss of a journal, `lostAt` by this machine's clock. What came before a loss is read
 * a day back.
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
