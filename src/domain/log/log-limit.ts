/** Each reason writes at most one line within this time, in milliseconds. */
const PERIOD_MS = 60_000;
/** Limit of different reasons at the same time. More can only come from a mistake in the code; those share one line. */
const MOST_REASONS = 50;
const OTHER_REASON = "other";

/** `more`: to be written after the message; empty where the line stands for itself alone. */
type Write = (message: string, more: string) => void;

export type LogLimit = (reason: string, message: string, write: Write) => void;

interface Period {
  count: number;
  latest: string;
}

/**
 * Limits the lines that somebody outside can cause, however often and whatever is sent: the first line of a reason is
 * written at once; those of the minute after it are counted, and the latest of them is written with their number when
 * the minute is over. `after` runs something once, `ms` later.
 */
export function createLogLimit(after: (ms: number, run: () => void) => void): LogLimit {
  const periods = new Map<string, Period>();

  function beginPeriod(reason: string, write: Write): void {
    const period: Period = { count: 0, latest: "" };
    periods.set(reason, period);
    after(PERIOD_MS, () => {
      periods.delete(reason);
      if (period.count === 0) return;
      const others = period.count - 1;
      const more = others === 0 ? "" : ` (and ${others.toLocaleString("en")} more like this within a minute)`;
      write(period.latest, more);
      beginPeriod(reason, write);
    });
  }

  return function limitLog(given, message, write) {
    const reason = periods.has(given) || periods.size < MOST_REASONS ? given : OTHER_REASON;
    const period = periods.get(reason);
    if (period === undefined) {
      write(message, "");
      beginPeriod(reason, write);
      return;
    }
    period.count += 1;
    period.latest = message;
  };
}
