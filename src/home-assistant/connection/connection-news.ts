import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";

/** Why there is no connection: `away` ends without the user, `refused` needs a new token from the user. */
export type ConnectionProblem = "away" | "refused";

/** Logs each loss and return of Home Assistant once, and a lasting problem again every `remindMs` milliseconds. */
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
      logger.warning(`Waiting for Home Assistant: ${why}. Messages and calls are stored meanwhile.`);
    },
    restored(version: string): void {
      loggedAt.clear();
      logger.info(`Connected to Home Assistant ${version}.`);
    },
  };
}
