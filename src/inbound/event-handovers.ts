import type { Clock } from "../domain/clock.ts";
import type { LoggedEvent } from "./logged-event.ts";
import type { EventHandover } from "./ports.ts";

export interface EventHandovers {
  /**
   * Reserves places for at most `count` events. The caller passes them to `take` after their commit, then calls `end`.
   */
  begin(count: number): EventHandover;
  /** The number of events that are reserved or taken, but not fired yet. */
  size(): number;
  /** Resolves when the events of all handovers so far have been fired. */
  settled(): Promise<void>;
}

export interface EventHandoversOptions {
  /** Fires the events of one or more handovers, the oldest first. */
  readonly fire: (events: readonly LoggedEvent[]) => void;
  /** Called if a handover ends without events. The events may wait in the journal instead, so it must be read. */
  readonly onNothingTaken: () => void;
  readonly clock: Pick<Clock, "nextTurn">;
}

/**
 * Passes new events from the commit that stores them directly to Home Assistant, without reading them from the journal
 * (the app's database). They are fired in the next turn of the event loop, so that Twilio gets its answer first.
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
