import type { Child } from "hono/jsx";

import type { PanelTexts } from "../../texts/en/panel.ts";

/** The SVG path of each icon, on a 24 × 24 grid like Home Assistant's icons. */
const ICONS: Readonly<Record<RowState, string>> = {
  good: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m-2 15-5-5 1.4-1.4 3.6 3.6 7.6-7.6L19 8z",
  waiting: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m-1 5h2v5.2l4 2.4-1 1.7-5-3z",
  attention: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m-1 5h2v6h-2zm0 8h2v2h-2z",
  open: "M12 2a10 10 0 100 20 10 10 0 000-20m0 2a8 8 0 110 16 8 8 0 010-16",
  plain: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8",
};

export interface StateRowProps {
  readonly texts: PanelTexts;
  readonly state: RowState;
  readonly name: string;
  readonly value: Child;
  readonly note?: Child;
}

/** Shows a line of a checklist: icon, name, value and explanation (`note`). */
export function StateRow({ texts, state, name, value, note }: StateRowProps) {
  return (
    <div class={`row ${state}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={ICONS[state]} />
      </svg>
      <dt>{name}</dt>
      <dd>
        {state === "plain" ? null : <span class="unseen">{texts.states[state]} </span>}
        {value}
      </dd>
      {note === undefined ? null : <dd class="note">{note}</dd>}
    </div>
  );
}

/**
 * The state that the icon of a line shows.
 * - `good`: all is well
 * - `waiting`: something is in progress or limited, but the user need not act at once
 * - `open`: nothing is wrong, but it has not been checked yet
 * - `attention`: the user must do something
 * - `plain`: the line only informs, and has no state
 */
export type RowState = "good" | "waiting" | "open" | "attention" | "plain";
