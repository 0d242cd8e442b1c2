import type { Clock } from "../../domain/clock.ts";
import type { NoteCountMemory } from "./ports.ts";

const DAY_MS = 86_400_000;

export interface DailyCountOptions {
  readonly limit: number;
  readonly memory: NoteCountMemory;
  /** Called with the limit when the count exceeds it, at most once a day. */
  readonly onBeyond: (limit: number) => void;
  /** Called when the relay passes on the first webhook of a new day. */
  readonly onNewDay: () => void;
  readonly clock: Clock;
}

/**
 * Counts the webhooks that the relay (the app's small program at Twilio) has passed on since midnight UTC. The count
 * survives restarts of the app.
 */
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

/** The number of days from 1970 to `now`, in UTC. */
function dayOf(now: number): number {
  return Math.floor(now / DAY_MS);
}
