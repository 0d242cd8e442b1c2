import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import { isTransient as isTransientError } from "./database/errors.ts";
import type { Journal } from "./journal.ts";

/** The pause before a failed write is retried, in milliseconds. */
const RETRY_MS = 1_000;

export interface RetryWritesOptions {
  readonly clock: Clock;
  /** Aborts when the app stops. Then no write is retried any more. */
  readonly stopping: AbortSignal;
  /**
   * Whether a retry can help after this error: true for a full disk, false for a value that the journal can never
   * store.
   */
  readonly isTransient: (error: unknown) => boolean;
  readonly logger: Logger;
}

export type RetryWrites = <Args extends readonly unknown[], Result>(
  write: (...args: Args) => Promise<Result>,
) => (...args: Args) => Promise<Result>;

/**
 * Creates a wrapper for functions that write to the journal. A wrapped function retries every second until its write
 * succeeds, so that a full disk loses nothing. If the app stops, or a retry cannot help, the function rejects with the
 * error of the write. The log shows one error for a whole series of failures.
 */
export function createRetryWrites({ clock, stopping, isTransient, logger }: RetryWritesOptions): RetryWrites {
  let isReported = false;

  function report(error: unknown): void {
    if (isReported) return;
    isReported = true;
    logger.error(
      `A write to the app's database failed, and the app retries it every second. Make sure that the disk is not full. The error was: ${String(error)}`,
      "write failed",
    );
  }

  return (write) =>
    async (...args) => {
      for (;;) {
        try {
          const result = await write(...args);
          isReported = false;
          return result;
        } catch (error) {
          if (stopping.aborted || !isTransient(error)) throw error;
          report(error);
          await clock.wait(RETRY_MS, stopping);
        }
      }
    };
}

export type RetryJournalOptions = Pick<RetryWritesOptions, "clock" | "stopping" | "logger">;

/**
 * Returns the journal with functions that retry failed writes. The write of a webhook is not retried: Twilio gets an
 * error then, and sends the webhook again. Some other writes are not retried either, for example those of statuses.
 */
export function retryWrites(journal: Journal, { clock, stopping, logger }: RetryJournalOptions): Journal {
  const retry = createRetryWrites({ clock, stopping, isTransient: isTransientError, logger });
  const { alarms, commands, callSteps, eventLog, pendingRequests, sidAges } = journal;
  return {
    ...journal,
    alarms: { ...alarms, change: retry(alarms.change), request: retry(alarms.request) },
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
