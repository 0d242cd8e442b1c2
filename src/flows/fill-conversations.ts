import type { Logger } from "../domain/logger.ts";

/** Between steps: webhooks come first. */
const BREATH_MS = 50;
/** What could not be written, perhaps because the disk is full, is tried again after this. */
const AGAIN_MS = 60_000;

export interface FillConversationsOptions {
  /** Resolves to whether there is more. */
  readonly step: () => Promise<boolean>;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
}

/** Fills in the conversations of an earlier version's journal, in small steps, until it is done or `signal` aborts. */
export async function fillConversations(
  { step, wait, logger }: FillConversationsOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      if (!(await step())) return;
      await wait(BREATH_MS, signal);
    } catch (error) {
      if (signal.aborted) return;
      logger.warning(`Earlier conversations could not be filled in: ${String(error)}`);
      await wait(AGAIN_MS, signal);
    }
  }
}
