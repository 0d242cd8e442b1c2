import type { Clock } from "../domain/clock.ts";
import type { AccountProbe } from "../setup/ports.ts";
import type { AccountWarning } from "./account-warnings.ts";
import type { ProblemWatch } from "./watch-problems.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Finds account warnings (things that make messages or calls fail). Null if Twilio does not answer or refuses a
 * request. Never rejects.
 */
export type AccountWarningCheck = () => Promise<readonly AccountWarning[] | null>;

export interface WatchAccountOptions {
  readonly account: Pick<AccountProbe, "newestFailure">;
  /** The app's public address. While it is null (not known), the app does not ask Twilio for failed webhooks. */
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

/**
 * How long the first account check waits for the start of Home Assistant, in milliseconds. After this time, the check
 * runs without Home Assistant's country, and cannot read contacts' national phone numbers.
 */
const HOME_ASSISTANT_WITHIN_MS = 300_000;
/**
 * The pause before the first check, in milliseconds. The check loads Twilio's client, which would slow the start down.
 */
const CALM_AFTER_MS = 10_000;

export interface WatchAccountAfterStartOptions extends WatchAccountOptions {
  /** Resolves when Home Assistant has started. */
  readonly homeAssistantRuns: Promise<void>;
  /** Replaces `CALM_AFTER_MS` in tests, in milliseconds. */
  readonly calmAfterMs?: number | undefined;
}

/**
 * Waits until Home Assistant has started (for five minutes at most) and then for `calmAfterMs`. Then it runs
 * `watchAccount`.
 */
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
 * Asks Twilio every hour for webhooks that it could not deliver, and looks for account warnings every day, until
 * `signal` aborts. If Twilio does not answer a check, or refuses it, the check is repeated after an hour, and its last
 * warnings stay until then.
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
