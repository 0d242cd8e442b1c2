import type { Clock } from "../domain/clock.ts";
import type { LoggedEvent } from "./logged-event.ts";
import type { EventHandover } from "./ports.ts";

export interface EventHandovers {
  /** Begins to hand over at most `count` events. They have to be on the disk when they are taken. */
  begin(count: number): EventHandover;
  /** The number of events that are handed over at present, at most. */
  size(): number;
  /** Resolves when all events of the handovers so far have been fired. */
  settled(): Promise<void>;
}

export interface EventHandoversOptions {
  /** Fires events of several handovers, in order. */
  readonly fire: (events: readonly LoggedEvent[]) => void;
  /** Called if a handover ends without events. The journal may then have stored the events as waiting. */
  readonly onNothingTaken: () => void;
  readonly clock: Pick<Clock, "nextTurn">;
}

/**
 * Takes events from the commit that stores them to Home Assistant, without reading them from the journal. They are fired
 * in the turn after the commit, so that Twilio gets its answer first.
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
