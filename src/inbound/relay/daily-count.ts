import type { Clock } from "../../domain/clock.ts";

const DAY_MS = 86_400_000;

export interface DailyCountOptions {
  readonly limit: number;
  /** Called once a day, with the first that is beyond the limit. */
  readonly onBeyond: (limit: number) => void;
  /** Called when a new day begins. */
  readonly onNewDay: () => void;
  readonly clock: Clock;
}

/** Counts what the relay brings in one day of UTC, since the start of the process at the latest. */
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
