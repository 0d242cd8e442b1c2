import type { Clock } from "../domain/clock.ts";
import type { LoggedEvent } from "./logged-event.ts";
import type { EventHandover } from "./ports.ts";

export interface EventHandovers {
  /**
   * Begins a handover: announces at most `count` events that are being stored. After their commit, the caller passes
   * the events to `take`, and then calls `end`.
   */
  begin(count: number): EventHandover;
  /** The number of events that are announced, or passed to `take` but not fired yet. */
  size(): number;
  /** Resolves when all announced events have been fired. */
  settled(): Promise<void>;
}

export interface EventHandoversOptions {
  /** Fires the events of one or more handovers, the oldest first. */
  readonly fire: (events: readonly LoggedEvent[]) => void;
  /**
   * Called by `end` if the caller has passed no events to `take`. The events may wait in the journal (the app's
   * database), so the journal must be read.
   */
  readonly onNothingTaken: () => void;
  readonly clock: Pick<Clock, "nextTurn">;
}

/**
 * Passes new events directly from the commit that stores them to Home Assistant, so that the app need not read them
 * from its journal. They are fired in the next turn of the event loop, so that Twilio gets its answer first.
 */
export function createEventHandovers({ fire, onNothingTaken, clock }: EventHandoversOptions): EventHandovers {
  let reserved = 0;
  let taken: LoggedEvent[] = [];
  let idle: PromiseWithResolvers<void> | null = null;

  const size = (): number => reserved + taken.length;

  function fireTaken(): void {
    const events = taken.toSorted((one, other) => one.seq - other.seq);
    taken = [];
    fire(events);
    resolveIfIdle();
  }

  function resolveIfIdle(): void {
    if (size() > 0) return;
    idle?.resolve();
    idle = null;
  }

  return {
    size,
    begin(count) {
      reserved += count;
      let hasTaken = false;
      return {
        take(events) {
          if (events.length === 0) return;
          hasTaken = true;
          if (taken.length === 0) clock.nextTurn(fireTaken);
          taken.push(...events);
        },
        end() {
          reserved -= count;
          if (!hasTaken) onNothingTaken();
          resolveIfIdle();
        },
      };
    },
    settled() {
      if (size() === 0) return Promise.resolve();
      idle ??= Promise.withResolvers();
      return idle.promise;
    },
  };
}
