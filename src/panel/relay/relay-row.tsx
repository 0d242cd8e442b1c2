import type { RelayState } from "../../setup/relay/relay-state.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { StateRowProps } from "../shell/state-row.tsx";

/**
 * Makes the line about the webhook relay on the page Setup. `hasOwnAddress` means that Twilio reaches the app without
 * the relay.
 */
export function relayRow(
  state: RelayState,
  hasOwnAddress: boolean,
  texts: PanelTexts,
): Omit<StateRowProps, "texts"> {
  const { row: said, ready } = texts.relay;
  const { name } = said;
  const link = (text: string, isAction: boolean) => (
    <a class={isAction ? "action" : ""} href="relay">
      {text}
    </a>
  );
  switch (state.kind) {
    case "none":
      return {
        state: "plain",
        name,
        value: said.none,
        note: (
          <>
            {said.noneNote} {link(said.open, !hasOwnAddress)}
          </>
        ),
      };
    case "busy":
      return {
        state: "waiting",
        name,
        value: state.work === "removing" ? said.removing : said.busy,
        note: link(said.show, false),
      };
    case "failed":
      return { state: "attention", name, value: said.failed, note: link(said.show, true) };
    case "ready":
      return state.problem === null
        ? { state: "good", name, value: said.ready, note: link(said.show, false) }
        : {
            state: "attention",
            name,
            value: said.attention,
            note: (
              <>
                {ready.problems[state.problem]} {link(said.show, true)}
              </>
            ),
          };
  }
}
