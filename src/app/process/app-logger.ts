import type { Clock } from "../../domain/clock.ts";
import { createLogger } from "../../domain/log/logger.ts";
import type { Logger, LoggerOptions } from "../../domain/log/logger.ts";

/** Creates the app's logger. It takes the times of its lines from `clock`. */
export function createAppLogger(
  clock: Clock,
  { level, write, secrets }: Omit<LoggerOptions, "now" | "after">,
): Logger {
  const { signal: never } = new AbortController();
  return createLogger({
    level,
    write,
    secrets,
    now: () => new Date(clock.now()),
    after: (ms, run) => void clock.wait(ms, never).then(run),
  });
}
