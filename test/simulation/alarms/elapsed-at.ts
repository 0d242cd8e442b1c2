import type { FiredEvent, History } from "../model/history.ts";

/** The time at which the simulation begins, noon of a day in March. */
const BEGINNING = Date.UTC(2026, 2, 10, 12);

/**
 * The time of an event of an alarm, in milliseconds of the run. The app's clock may have been set since the beginning, so
 * the time can be one of several. Then it is the last one before the event was sent.
 */
export function elapsedAt({ clockChanges }: Pick<History, "clockChanges">, event: FiredEvent): number {
  const wall = Date.parse(String(event.data["at"])) - BEGINNING;
  const spans = [{ at: 0, ms: 0 }, ...clockChanges];
  let ahead = 0;
  const possible = spans.flatMap(({ at, ms }, index) => {
    ahead += ms;
    const elapsed = wall - ahead;
    const next = spans[index + 1]?.at ?? Infinity;
    return elapsed >= at - 1 && elapsed <= next + 1 && elapsed <= event.sentAt + 1 ? [elapsed] : [];
  });
  return possible.at(-1) ?? (event.at === Infinity ? 0 : event.at);
}
