import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";

/**
 * The pause between two steps (small parts of the job), in milliseconds. During the pause, the app can answer
 * webhooks.
 */
const PAUSE_MS = 50;
/** The pause after a step that failed, for example because the disk is full, in milliseconds. */
const RETRY_MS = 60_000;

export interface RunStepsOptions {
  /** Does one step (a small part) of the job. Resolves to whether more work is left. */
  readonly step: () => Promise<boolean>;
  readonly clock: Pick<Clock, "wait">;
  readonly logger: Logger;
}

/**
 * Does a long job in small steps, until no work is left or `signal` aborts. `failure` is the log's sentence for a
 * failed step, without a full stop.
 */
export async function runSteps(
  { step, clock, logger }: RunStepsOptions,
  failure: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      if (!(await step())) return;
      await clock.wait(PAUSE_MS, signal);
    } catch (error) {
      if (signal.aborted) return;
      logger.warning(`${failure}: ${String(error)}`);
      await clock.wait(RETRY_MS, signal);
    }
  }
}
