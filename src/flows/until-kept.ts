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
  let isSaid = false;

  function say(error: unknown): void {
    if (isSaid) return;
    isSaid = true;
    logger.error(
      `Something could not be kept, so it is tried again until it can. Is the disk full? It said: ${String(error)}`,
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
          if (isStopping() || !mayPass(error)) throw error;
          say(error);
          await pause();
        }
      }
    };
}
