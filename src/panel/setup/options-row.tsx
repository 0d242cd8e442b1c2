import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { ConfigurationLink } from "../shell/configuration-link.tsx";
import type { StateRowProps } from "../shell/state-row.tsx";

/**
 * Makes the line about invalid options, with the reasons and a link to correct them. Returns null if all options are
 * valid.
 */
export function optionsRow(
  { optionProblems, configurationPath }: AppState,
  { options: said }: PanelTexts,
): Omit<StateRowProps, "texts"> | null {
  const { sentences, refused } = optionProblems;
  if (sentences.length === 0) return null;
  return {
    state: refused.length > 0 ? "attention" : "waiting",
    name: said.name,
    value: said.problems(sentences.length),
    note: (
      <>
        <ul class="problems">
          {sentences.map((sentence) => (
            <li>{said.problem(sentence)}</li>
          ))}
        </ul>
        <ConfigurationLink path={configurationPath} fallback={said.file}>
          {said.open}
        </ConfigurationLink>{" "}
        {said.restart}
      </>
    ),
  };
}
