import type { Clock } from "../../src/app/process/settings.ts";

export interface TestClock extends Clock {
  /** Stops the clock until the result is disposed. */
  stop(): StoppedClock;
}

export interface StoppedClock extends Disposable {
  /** Lets so many milliseconds pass at once. */
  advance(ms: number): void;
}

interface Wait {
  readonly until: number;
  readonly end: () => void;
  timer?: NodeJS.Timeout;
}

/** A clock that runs as the machine's does until it is stopped, so that a busy machine is never too late for a deadline. */
export function createTestClock(): TestClock {
  const waits = new Set<Wait>();
  let stoppedAt: number | null = null;
  let ahead = 0;
  const now = (): number => (stoppedAt ?? Date.now()) + ahead;

  function endWhenDue(wait: Wait): void {
    clearTimeout(wait.timer);
    if (wait.until <= now()) wait.end();
    else if (stoppedAt === null) wait.timer = setTimeout(() => endWhenDue(wait), wait.until - now()).unref();
  }

  return {
    now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const wait: Wait = {
          until: now() + ms,
          end() {
            clearTimeout(wait.timer);
            signal.removeEventListener("abort", wait.end);
            waits.delete(wait);
            resolve();
          },
        };
        if (signal.aborted) return resolve();
        waits.add(wait);
        signal.addEventListener("abort", wait.end);
        if (ms <= 0) setImmediate(wait.end);
        else endWhenDue(wait);
      }),
    stop() {
      stoppedAt = Date.now();
      for (const { timer } of waits) clearTimeout(timer);
      return {
        advance(ms) {
          ahead += ms;
          for (const wait of waits) endWhenDue(wait);
        },
        [Symbol.dispose]() {
          stoppedAt = null;
          for (const wait of waits) endWhenDue(wait);
        },
      };
    },
  };
}
