import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import { isTransient as isTransientError } from "./database/errors.ts";
import type { Journal } from "./journal.ts";

/** What could not be written, perhaps because the disk is full, is tried again after this, in milliseconds. */
const KEEP_AGAIN_MS = 1_000;

export interface RetryWritesOptions {
  readonly clock: Clock;
  /** Aborts when the app stops. */
  readonly stopping: AbortSignal;
  /** Whether trying again can help: a disk that is full, not what could never be written. */
  readonly isTransient: (error: unknown) => boolean;
  readonly logger: Logger;
}

export type RetryWrites = <Args extends readonly unknown[], Result>(
  keep: (...args: Args) => Promise<Result>,
) => (...args: Args) => Promise<Result>;

/**
 * Makes of a function that writes to the disk one that tries until it is written: a disk that is full for a while must
 * not swallow a result, nor leave an event half delivered for ever. Rejects where the app stops meanwhile, or trying
 * again cannot help.
 */
export function createRetryWrites({ clock, stopping, isTransient, logger }: RetryWritesOptions): RetryWrites {
  let isSaid = false;

  function say(error: unknown): void {
    if (isSaid) return;
    isSaid = true;
    logger.error(
      `Something could not be kept, so it is tried again until it can. Is the disk full? It said: ${String(error)}`,
      "not kept",
    );
  }

  return (keep) =>
    async (...args) => {
      for (;;) {
        try {
          const result = await keep(...args);
          isSaid = false;
          return result;
        } catch (error) {
          if (stopping.aborted || !isTransient(error)) throw error;
          say(error);
          await clock.wait(KEEP_AGAIN_MS, stopping);
        }
      }
    };
}

export type RetryJournalOptions = Pick<RetryWritesOptions, "clock" | "stopping" | "logger">;

/**
 * The journal, with those writes tried until they are on disk that nobody else asks for again. A webhook is not among
 * them: Twilio repeats it.
 */
export function retryWrites(journal: Journal, { clock, stopping, logger }: RetryJournalOptions): Journal {
  const retry = createRetryWrites({ clock, stopping, isTransient: isTransientError, logger });
  const { commands, callSteps, eventLog, pendingRequests, sidAges } = journal;
  return {
    ...journal,
    commands: {
      ...commands,
      add: retry(commands.add),
      markPosting: retry(commands.markPosting),
      markWaiting: retry(commands.markWaiting),
      markAccepted: retry(commands.markAccepted),
      markDone: retry(commands.markDone),
      finish: retry(commands.finish),
    },
    callSteps: {
      ...callSteps,
      add: retry(callSteps.add),
      saveGatheredInput: retry(callSteps.saveGatheredInput),
    },
    eventLog: {
      ...eventLog,
      report: retry(eventLog.report),
      markDelivered: retry(eventLog.markDelivered),
      requeue: retry(eventLog.requeue),
      reject: retry(eventLog.reject),
    },
    pendingRequests: {
      ...pendingRequests,
      save: retry(pendingRequests.save),
      remove: retry(pendingRequests.remove),
    },
    sidAges: sidAges === null ? null : { ...sidAges, saveAges: retry(sidAges.saveAges) },
  };
}
