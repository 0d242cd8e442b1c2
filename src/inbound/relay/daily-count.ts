import type { Clock } from "../../domain/clock.ts";
import type { NoteCountMemory } from "./ports.ts";

const DAY_MS = 86_400_000;

export interface DailyCountOptions {
  readonly limit: number;
  readonly memory: NoteCountMemory;
  /** Called once a day, when the count first exceeds the limit. */
  readonly onBeyond: (limit: number) => void;
  /** Called at the first count of a new day. */
  readonly onNewDay: () => void;
  readonly clock: Clock;
}

/** Counts the webhooks that the relay brings on the present day, in UTC. A restart of the app continues the count. */
export function createDailyCount({ limit, memory, onBeyond, onNewDay, clock }: DailyCountOptions) {
  let { day, count } = memory.read() ?? { day: dayOf(clock.now()), count: 0 };

  return {
    add(): void {
      const today = dayOf(clock.now());
      if (today !== day) {
        day = today;
        count = 0;
        onNewDay();
      }
      count += 1;
      memory.save({ day, count });
      if (count === limit + 1) onBeyond(limit);
    },
  };
}

/** The number of a day since 1970, in UTC. */
function dayOf(now: number): number {
  return Math.floor(now / DAY_MS);
}
