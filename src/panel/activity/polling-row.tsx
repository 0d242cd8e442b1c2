import type { PollingState } from "../../inbound/polling/poll-messages.ts";
import { PACE_MS } from "../../inbound/polling/polling-pace.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import type { RowState } from "../shell/state-row.tsx";
import { Time } from "../shell/time.tsx";
import type { NowRow } from "./now-rows.tsx";

export interface PollingRowProps {
  readonly polling: PollingState;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

const STATES: Readonly<Record<PollingState["condition"], RowState>> = {
  starting: "waiting",
  running: "good",
  away: "waiting",
  refused: "attention",
};

/**
 * Makes the line about polling: for which numbers the app reads messages from Twilio's list, how often, and when it
 * last did.
 */
export function pollingRow({ polling, appState, texts }: PollingRowProps): NowRow {
  const { condition, lastReadAt } = polling;
  const { polling: said } = texts;
  const { name, none, lastRead } = said.activity;
  const numbers = polling.numbers
    .filter(({ isPolled }) => isPolled)
    .map(({ number, isSlow }) => {
      const every = said.every((isSlow ? PACE_MS.webhooksArrive : PACE_MS.usual) / 1_000);
      return `${number.address}, ${every}`;
    });
  const note = (
    <>
      {condition === "running" ? null : `${said[condition]} `}
      {lastReadAt === null ? null : (
        <>
          {lastRead} <Time at={lastReadAt} appState={appState} texts={texts} />
        </>
      )}
    </>
  );
  const state = numbers.length === 0 && condition === "running" ? "plain" : STATES[condition];
  return { state, name, value: numbers.join("; ") || none, note };
}
