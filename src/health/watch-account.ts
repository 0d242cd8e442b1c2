import type { Clock } from "../domain/clock.ts";
import type { AccountProbe } from "../setup/ports.ts";
import type { AccountWarning } from "./account-warnings.ts";
import type { ProblemWatch } from "./watch-problems.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Finds account warnings; null if Twilio gives no answer at present. Never rejects. */
export type AccountWarningCheck = () => Promise<readonly AccountWarning[] | null>;

export interface WatchAccountOptions {
  readonly account: Pick<AccountProbe, "newestFailure">;
  /** The public address. Null while it is not known; then no webhook can have failed to reach it. */
  readonly publicAddress: () => string | null;
  readonly checks: readonly AccountWarningCheck[];
  readonly problems: Pick<ProblemWatch, "webhookFailed" | "accountWarnings">;
  readonly clock: Clock;
}

interface CheckState {
  readonly check: AccountWarningCheck;
  warnings: readonly AccountWarning[];
  doneAt: number;
}

/** Some checks use Home Assistant's country. After this time in milliseconds, they run without it. */
const HOME_ASSISTANT_WITHIN_MS = 300_000;
/** The pause before the first check: loading Twilio's client would slow down the start. In milliseconds. */
const CALM_AFTER_MS = 10_000;

export interface WatchAccountAfterStartOptions extends WatchAccountOptions {
  /** Resolves when Home Assistant runs. */
  readonly homeAssistantRuns: Promise<void>;
  /** The pause before the first check, in milliseconds. Tests set a shorter one. */
  readonly calmAfterMs?: number | undefined;
}

/** Begins `watchAccount` after `calmAfterMs`, counted from when Home Assistant runs, or after five minutes without it. */
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
 * Until `signal` aborts, asks Twilio every hour for failed webhooks, and makes the checks for account warnings every day.
 * A check without an answer is repeated after an hour; until then its earlier warnings stay.
 */
export async function watchAccount(options: WatchAccountOptions, signal: AbortSignal): Promise<void> {
  const { account, publicAddress, checks, problems, clock } = options;
  const states = checks.map((check): CheckState => ({ check, warnings: [], doneAt: -Infinity }));
  while (!signal.aborted) {
    const base = publicAddress();
    const failure = base === null ? null : await account.newestFailure(base, clock.now() - DAY_MS);
    if (failure !== null && !signal.aborted) problems.webhookFailed(failure);

    let isAnswered = false;
    for (const state of states) {
      if (signal.aborted || clock.now() - state.doneAt < DAY_MS) continue;
      const warnings = await state.check();
      if (warnings === null) continue;
      state.warnings = warnings;
      state.doneAt = clock.now();
      isAnswered = true;
    }
    if (isAnswered && !signal.aborted) problems.accountWarnings(states.flatMap(({ warnings }) => warnings));
    await clock.wait(HOUR_MS, signal);
  }
}
