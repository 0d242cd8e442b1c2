import type { Clock } from "../domain/clock.ts";
import type { WebhookFailure } from "./problem-texts.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Lines about what will not work; null where Twilio does not say at present. Never rejects. */
export type AccountWarningCheck = () => Promise<readonly string[] | null>;

export interface WatchAccountOptions {
  /** The newest webhook since a time that did not get through; null where there is none or Twilio does not say. Never rejects. */
  readonly newestFailure: (since: number) => Promise<WebhookFailure | null>;
  readonly onFailure: (failure: WebhookFailure) => void;
  readonly checks: readonly AccountWarningCheck[];
  readonly onWarnings: (lines: readonly string[]) => void;
  readonly clock: Clock;
}

interface Found {
  readonly check: AccountWarningCheck;
  lines: readonly string[];
  doneAt: number;
}

/**
 * Asks Twilio every hour whether its webhooks get through, and every day whether something stands in the way of what the
 * user wants to send, until `signal` aborts. A check that got no answer is made again after an hour, and what it found
 * before stands until then.
 */
export async function watchAccount(options: WatchAccountOptions, signal: AbortSignal): Promise<void> {
  const { newestFailure, onFailure, checks, onWarnings, clock } = options;
  const found = checks.map((check): Found => ({ check, lines: [], doneAt: -Infinity }));
  while (!signal.aborted) {
    const failure = await newestFailure(clock.now() - DAY_MS);
    if (failure !== null && !signal.aborted) onFailure(failure);

    let isAnswered = false;
    for (const one of found) {
      if (signal.aborted || clock.now() - one.doneAt < DAY_MS) continue;
      const lines = await one.check();
      if (lines === null) continue;
      one.lines = lines;
      one.doneAt = clock.now();
      isAnswered = true;
    }
    if (isAnswered && !signal.aborted) onWarnings(found.flatMap(({ lines }) => lines));
    await clock.wait(HOUR_MS, signal);
  }
}
