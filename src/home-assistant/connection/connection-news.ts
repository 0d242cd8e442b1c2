import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";

/** Why Home Assistant is not there: `away` passes by itself, `refused` needs the user. */
export type ConnectionProblem = "away" | "refused";

/** Tells the log of losing and finding Home Assistant once, not at every try; lasting trouble again every `remindMs`. */
export function createConnectionNews({
  clock,
  logger,
  remindMs,
}: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly remindMs: number;
}) {
  const saidAt = new Map<ConnectionProblem, number>();
  return {
    lost(trouble: ConnectionProblem, why: string): void {
      const now = clock.monotonic();
      const before = saidAt.get(trouble);
      if (before !== undefined && now - before < remindMs) return;
      saidAt.set(trouble, now);
      logger.warning(`Waiting for Home Assistant: ${why}. What comes in meanwhile is kept.`);
    },
    restored(version: string): void {
      saidAt.clear();
      logger.info(`Connected to Home Assistant ${version}.`);
    },
  };
}
