/** Each reason may write one line within this time, in milliseconds. */
const PERIOD_MS = 60_000;
/** Limit of different reasons at the same time. More can only come from a mistake in the code; those share one line. */
const MAX_REASONS = 50;
const OTHER_REASON = "other";

/** `more`: written after the message, with the number of omitted lines; empty for none. */
type Write = (message: string, more: string) => void;

export type LogLimit = (reason: string, message: string, write: Write) => void;

interface Period {
  count: number;
  latest: string;
}

/**
 * Limits the log lines that strangers can cause. The first line of a reason is written at once. Those in the next minute
 * are counted; after the minute, the latest of them is written with their number.
 *
 * @param after calls `run` one time, after `ms` milliseconds
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
    const reason = periods.has(given) || periods.size < MAX_REASONS ? given : OTHER_REASON;
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
