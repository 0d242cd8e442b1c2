import type { Clock } from "../domain/clock.ts";
import type { AccountProbe } from "../setup/ports.ts";
import type { ProblemWatch } from "./watch-problems.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Lines about what will not work; null where Twilio does not say at present. Never rejects. */
export type AccountWarningCheck = () => Promise<readonly string[] | null>;

export interface WatchAccountOptions {
  readonly account: Pick<AccountProbe, "newestFailure">;
  /** Null while it is not known: then no webhook can have failed to reach it. */
  readonly publicAddress: () => string | null;
  readonly checks: readonly AccountWarningCheck[];
  readonly problems: Pick<ProblemWatch, "webhookFailed" | "accountWarnings">;
  readonly clock: Clock;
}

interface Found {
  readonly check: AccountWarningCheck;
  lines: readonly string[];
  doneAt: number;
}

/** Home Assistant's country decides what is looked up, but what Twilio says is worth knowing without it, too. */
const HOME_ASSISTANT_WITHIN_MS = 300_000;
/** A start has other things to do first: loading Twilio's client takes memory and time. */
const CALM_AFTER_MS = 10_000;

export interface WatchAccountAfterStartOptions extends WatchAccountOptions {
  /** Resolves when Home Assistant runs. */
  readonly homeAssistantRuns: Promise<void>;
  /** Shortened by tests. */
  readonly calmAfterMs?: number | undefined;
}

/** Watches the account once Home Assistant runs, or has been awaited for five minutes, and the start is over. */
export async function watchAccountAfterStart(
  options: WatchAccountAfterStartOptions,
  signal: AbortSignal,
): Promise<void> {
  const { homeAssistantRuns, calmAfterMs = CALM_AFTER_MS, clock } = options;
  await Promise.race([homeAssistantRuns, clock.wait(HOME_ASSISTANT_WITHIN_MS, signal)]);
  await clock.wait(calmAfterMs, signal);
  await watchAccount(options, signal);
}

/**
 * Asks Twilio every hour whether its webhooks get through, and every day whether something stands in the way of what the
 * user wants to send, until `signal` aborts. A check that got no answer is made again after an hour, and what it found
 * before stands until then.
 */
export async function watchAccount(options: WatchAccountOptions, signal: AbortSignal): Promise<void> {
  const { account, publicAddress, checks, problems, clock } = options;
  const found = checks.map((check): Found => ({ check, lines: [], doneAt: -Infinity }));
  while (!signal.aborted) {
    const base = publicAddress();
    const failure = base === null ? null : await account.newestFailure(base, clock.now() - DAY_MS);
    if (failure !== null && !signal.aborted) problems.webhookFailed(failure);

    let isAnswered = false;
    for (const one of found) {
      if (signal.aborted || clock.now() - one.doneAt < DAY_MS) continue;
      const lines = await one.check();
      if (lines === null) continue;
      one.lines = lines;
      one.doneAt = clock.now();
      isAnswered = true;
    }
    if (isAnswered && !signal.aborted) problems.accountWarnings(found.flatMap(({ lines }) => lines));
    await clock.wait(HOUR_MS, signal);
  }
}
