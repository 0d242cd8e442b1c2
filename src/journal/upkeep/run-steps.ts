import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";

/** Between steps: webhooks come first. */
const BREATH_MS = 50;
/** What could not be written, perhaps because the disk is full, is tried again after this. */
const AGAIN_MS = 60_000;

export interface RunStepsOptions {
  /** Resolves to whether there is more. */
  readonly step: () => Promise<boolean>;
  readonly clock: Pick<Clock, "wait">;
  readonly logger: Logger;
}

/** Works in small steps until all is done or `signal` aborts. `failure`: a sentence for the log, without full stop. */
export async function runSteps(
  { step, clock, logger }: RunStepsOptions,
  failure: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      if (!(await step())) return;
      await clock.wait(BREATH_MS, signal);
    } catch (error) {
      if (signal.aborted) return;
      logger.warning(`${failure}: ${String(error)}`);
      await clock.wait(AGAIN_MS, signal);
    }
  }
}
