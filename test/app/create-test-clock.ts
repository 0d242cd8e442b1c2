import type { Clock } from "../../src/domain/clock.ts";
import { awakeTime } from "../awake-time.ts";

export interface TestClock extends Clock {
  /** Stops the clock until the result is disposed. */
  stop(): StoppedClock;
}

export interface StoppedClock extends Disposable {
  /** Moves the clock forward by this number of milliseconds. */
  advance(ms: number): void;
  /** Sets the system clock ahead by this number of milliseconds, or back. No time passes for waits. */
  set(ms: number): void;
}

interface Wait {
  readonly until: number;
  readonly isShort: boolean;
  readonly end: () => void;
  timer?: NodeJS.Timeout;
}

/**
 * Waits up to this length, in milliseconds, run also while the clock stands. They are no deadlines: the journal
 * collects writes for such a time.
 */
const SHORT_MS = 10;

/**
 * A clock that runs like the machine's until it is stopped, so that a busy machine never misses a deadline. A pause of
 * the machine does not count for waits.
 */
export function createTestClock(): TestClock {
  const waits = new Set<Wait>();
  let stoppedAt: { readonly now: number; readonly monotonic: number } | null = null;
  let ahead = 0;
  let setAhead = 0;
  const monotonic = (): number => (stoppedAt?.monotonic ?? awakeTime()) + ahead;

  function endWhenDue(pending: Wait): void {
    if (pending.isShort) return;
    clearTimeout(pending.timer);
    if (pending.until <= monotonic()) pending.end();
    else if (stoppedAt === null)
      pending.timer = setTimeout(() => endWhenDue(pending), pending.until - monotonic()).unref();
  }

  function wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const pending: Wait = {
        until: monotonic() + ms,
        isShort: ms <= SHORT_MS,
        end() {
          clearTimeout(pending.timer);
          signal.removeEventListener("abort", pending.end);
          waits.delete(pending);
          resolve();
        },
      };
      if (signal.aborted) return resolve();
      waits.add(pending);
      signal.addEventListener("abort", pending.end);
      if (ms <= 0) setImmediate(pending.end);
      else if (pending.isShort) pending.timer = setTimeout(pending.end, ms).unref();
      else endWhenDue(pending);
    });
  }

  return {
    now: () => (stoppedAt?.now ?? Date.now()) + ahead + setAhead,
    monotonic,
    wait,
    nextTurn: (run) => void setImmediate(run),
    timeoutSignal(ms) {
      const timeout = new AbortController();
      const { signal: never } = new AbortController();
      void wait(ms, never).then(() => timeout.abort(new DOMException("The time is up.", "TimeoutError")));
      return timeout.signal;
    },
    stop() {
      stoppedAt = { now: Date.now(), monotonic: awakeTime() };
      for (const { isShort, timer } of waits) if (!isShort) clearTimeout(timer);
      return {
        advance(ms) {
          ahead += ms;
          for (const pending of waits) endWhenDue(pending);
        },
        set: (ms) => void (setAhead += ms),
        [Symbol.dispose]() {
          stoppedAt = null;
          for (const pending of waits) endWhenDue(pending);
        },
      };
    },
  };
}
