/** How long the log waits before it writes another line with the same reason, in milliseconds. */
const PERIOD_MS = 60_000;
/**
 * How many different reasons the limit can count at the same time. Reasons are constants in the code. If a mistake in
 * the code makes more reasons than this, the additional ones share the reason `other`.
 */
const MAX_REASONS = 50;
const OTHER_REASON = "other";

/** Writes a line of the log. `more` follows the message and tells how many lines were left out; it may be empty. */
type Write = (message: string, more: string) => void;

export type LogLimit = (reason: string, message: string, write: Write) => void;

interface Period {
  count: number;
  latest: string;
}

/**
 * Limits the log lines that strangers can cause by their HTTP requests. The first line with a reason is written at
 * once. For a minute, further lines with this reason are only counted. Then the latest of them is written, with the
 * number of the others.
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
