import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";

/**
 * Why the app has no connection. `away`: Home Assistant does not answer at the moment. `refused`: Home Assistant
 * refuses the access token, so the user must create a new one.
 */
export type ConnectionProblem = "away" | "refused";

/**
 * Logs one time that the connection is lost, and one time that it is back. If a problem lasts, it is logged again every
 * `remindMs` milliseconds.
 */
export function createConnectionNews({
  clock,
  logger,
  remindMs,
}: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly remindMs: number;
}) {
  const loggedAt = new Map<ConnectionProblem, number>();
  return {
    lost(problem: ConnectionProblem, why: string): void {
      const now = clock.monotonic();
      const before = loggedAt.get(problem);
      if (before !== undefined && now - before < remindMs) return;
      loggedAt.set(problem, now);
      logger.warning(`Waiting for Home Assistant: ${why}. Until then, the app stores messages and calls.`);
    },
    restored(version: string): void {
      loggedAt.clear();
      logger.info(`Connected to Home Assistant ${version}.`);
    },
  };
}
