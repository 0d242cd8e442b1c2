import type { Clock } from "../../domain/clock.ts";
import { createLogger } from "../../domain/log/logger.ts";
import type { Logger, LoggerOptions } from "../../domain/log/logger.ts";

/** The app's log, with times from the app's clock. */
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
