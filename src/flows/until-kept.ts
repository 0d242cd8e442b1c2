import type { Logger } from "../domain/logger.ts";

export interface UntilKeptOptions {
  /** Resolves in a while, or when the app stops. */
  readonly pause: () => Promise<void>;
  readonly isStopping: () => boolean;
  /** Whether trying again can help: a disk that is full, not what could never be written. */
  readonly mayPass: (error: unknown) => boolean;
  readonly logger: Logger;
}

export type UntilKept = <Args extends readonly unknown[], Result>(
  keep: (...args: Args) => Promise<Result>,
) => (...args: Args) => Promise<Result>;

/**
 * Makes of a function that writes to the disk one that tries until it is written: a disk that is full for a while must
 * not swallow a result, nor leave an event half delivered for ever. Rejects where the app stops meanwhile, or trying
 * again cannot help.
 */
export function createUntilKept({ pause, isStopping, mayPass, logger }: UntilKeptOptions): UntilKept {
  return (keep) =>
    async (...args) => {
      for (;;) {
        try {
          return await keep(...args);
        } catch (error) {
          if (isStopping() || !mayPass(error)) throw error;
          logger.error(
            `Something could not be kept, so it is tried again. Is the disk full? It said: ${String(error)}`,
          );
          await pause();
        }
      }
    };
}
