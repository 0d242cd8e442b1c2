import type { Child } from "hono/jsx";

import { textsFor } from "../../texts/texts-for.ts";
import type { AppState } from "../shell/app-state.ts";
import { dayHeading, dayOf } from "../shell/short-times.ts";
import { timeFormat } from "../shell/time.tsx";

export interface DayListProps<Item> {
  readonly id: string;
  readonly class: string;
  readonly items: readonly Item[];
  /** Returns the time of an item, in milliseconds since 1970. */
  readonly timeOf: (item: Item) => number;
  readonly appState: AppState;
  readonly children: (item: Item) => Child;
}

/** Shows items that are sorted by time, with a heading before the first item of each day. */
export function DayList<Item>({ id, class: name, items, timeOf, appState, children }: DayListProps<Item>) {
  const format = timeFormat(appState, textsFor(appState.language));
  let last = "";
  return (
    <ol id={id} class={name}>
      {items.map((item) => {
        const at = timeOf(item);
        const day = dayOf(at, format);
        const isNew = day !== last;
        last = day;
        return (
          <>
            {isNew ? (
              <li id={`${id}-${day}`} class="day">
                <h3>{dayHeading(at, appState.now, format)}</h3>
              </li>
            ) : null}
            {children(item)}
          </>
        );
      })}
    </ol>
  );
}
