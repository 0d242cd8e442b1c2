import type { Child } from "hono/jsx";

import type { PanelTexts } from "../../texts/en/panel.ts";
import { StateRow } from "../shell/state-row.tsx";
import type { RowState } from "../shell/state-row.tsx";

/** One line of the card *Now* on the page Activity. Each line is about one check. */
export interface NowRow {
  readonly state: RowState;
  readonly name: string;
  readonly value: Child;
  readonly note?: Child;
}

/** The order of the lines by their state. Lines that need the user's attention come first. */
const ORDER: readonly RowState[] = ["attention", "waiting", "plain"];

/**
 * Shows all lines except those with the state `good`, the most urgent first. One more line names all checks with the
 * state `good`.
 */
export function NowRows({ rows, texts }: { readonly rows: readonly NowRow[]; readonly texts: PanelTexts }) {
  const { now } = texts.activity;
  const good = rows.filter(({ state }) => state === "good");
  const urgent = ORDER.slice(0, 2).some((state) => rows.some((row) => row.state === state));
  const others = ORDER.flatMap((state) => rows.filter((row) => row.state === state));
  const rest =
    good.length === 0 ? null : (
      <StateRow
        texts={texts}
        state="good"
        name={urgent ? now.restGood : now.allGood}
        value={
          <details id="checks">
            <summary>{now.checks(good.length)}</summary>
            <ul class="lines">
              {good.map(({ name, value, note }) => (
                <li>
                  {name}: {value}
                  {note === undefined ? null : <p class="note">{note}</p>}
                </li>
              ))}
            </ul>
          </details>
        }
      />
    );
  return (
    <>
      {urgent ? null : rest}
      {others.map((row) => (
        <StateRow texts={texts} {...row} />
      ))}
      {urgent ? rest : null}
    </>
  );
}
