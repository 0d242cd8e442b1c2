import type { Clock } from "../../domain/clock.ts";

const DAY_MS = 86_400_000;

export interface DailyCountOptions {
  readonly limit: number;
  /** Called once a day, when the count first exceeds the limit. */
  readonly onBeyond: (limit: number) => void;
  /** Called at the first count of a new day. */
  readonly onNewDay: () => void;
  readonly clock: Clock;
}

/** Counts the webhooks that the relay brings on the present day, in UTC. The count starts at zero with the process. */
export function createDailyCount({ limit, onBeyond, onNewDay, clock }: DailyCountOptions) {
  let day = Math.floor(clock.now() / DAY_MS);
  let count = 0;

  return {
    add(): void {
      const today = Math.floor(clock.now() / DAY_MS);
      if (today !== day) {
        day = today;
        count = 0;
        onNewDay();
      }
      count += 1;
      if (count === limit + 1) onBeyond(limit);
    },
    today: (): number => count,
  };
}
