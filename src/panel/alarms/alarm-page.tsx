import type { AlarmState } from "../../alarms/alarm.ts";
import type { StoredAlarm } from "../../alarms/changes/change.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { Page } from "../shell/page.tsx";
import { StateRow } from "../shell/state-row.tsx";
import type { RowState } from "../shell/state-row.tsx";
import { Time } from "../shell/time.tsx";
import { TryList } from "./try-list.tsx";

export interface AlarmPageProps {
  /** The alarm with its calls, texts and pushes; null if no alarm has the ID in the page's URL. */
  readonly stored: StoredAlarm | null;
  /** The result of the button that the user has just pressed; null if the user has pressed none. */
  readonly done: keyof PanelTexts["alarms"]["done"] | null;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Shows one alarm: its message, its people, who took it, and every call with its time and outcome. */
export function AlarmPage({ stored, done, appState, texts }: AlarmPageProps) {
  const { alarms: said } = texts;
  return (
    <Page texts={texts} current="alarms" title={stored?.alarm.name ?? said.title} appState={appState}>
      <p class="back">
        <a href="alarms">{said.back}</a>
      </p>
      {done === null ? null : (
        <p class={`card outcome ${done === "other" || done === "over" ? "attention" : "good"}`} role="status">
          {said.done[done]}
        </p>
      )}
      {stored === null ? (
        <p class="card">{said.absent}</p>
      ) : (
        <div id="alarm-protocol" data-live="">
          <AlarmCard stored={stored} appState={appState} texts={texts} />
          <section id="alarm-tries" class="card" aria-labelledby="alarm-tries-title">
            <h2 id="alarm-tries-title">{said.detail.tries}</h2>
            <TryList stored={stored} appState={appState} texts={texts} />
          </section>
        </div>
      )}
    </Page>
  );
}

interface AlarmCardProps {
  readonly stored: StoredAlarm;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

function AlarmCard({ stored: { alarm }, appState, texts }: AlarmCardProps) {
  const { detail, drill, taken: takenHow, channels } = texts.alarms;
  const { taken, revisions, people, startedAt, endedAt } = alarm;
  return (
    <section id="alarm-state" class="card" aria-labelledby="alarm-state-title">
      <h2 id="alarm-state-title">
        {detail.state}
        {alarm.terms.test ? <span class="drill"> {drill}</span> : null}
      </h2>
      <dl>
        <StateRow
          texts={texts}
          state={rowState(alarm.state)}
          name={detail.state}
          value={stateText(alarm.state, taken?.name ?? "", texts)}
        />
        {taken === null ? null : (
          <StateRow
            texts={texts}
            state="plain"
            name={detail.takenBy}
            value={`${taken.name}, ${takenHow[taken.how]}`}
            note={<Time at={taken.at} appState={appState} texts={texts} />}
          />
        )}
        {revisions.toReversed().map(({ message, at }, index) => (
          <StateRow
            texts={texts}
            state="plain"
            name={index === 0 ? detail.message : detail.earlierMessage}
            value={message}
            note={<Time at={at} appState={appState} texts={texts} />}
          />
        ))}
        <StateRow
          texts={texts}
          state="plain"
          name={detail.started}
          value={<Time at={startedAt} appState={appState} texts={texts} />}
        />
        {endedAt === null ? null : (
          <StateRow
            texts={texts}
            state="plain"
            name={detail.ended}
            value={<Time at={endedAt} appState={appState} texts={texts} />}
          />
        )}
        <StateRow
          texts={texts}
          state="plain"
          name={detail.people}
          value={
            <ul class="lines">
              {people.map(({ name, channels: ways }) => (
                <li>{`${name} (${ways.map((channel) => channels[channel]).join(", ")})`}</li>
              ))}
            </ul>
          }
        />
      </dl>
    </section>
  );
}

/** Describes the state of an alarm. `name`: the person who has taken the alarm, also if it is over. */
export function stateText(state: AlarmState, name: string, { alarms: { states } }: PanelTexts): string {
  switch (state) {
    case "taken":
    case "closed":
      return states[state](name);
    case "open":
    case "unanswered":
    case "stopped":
    case "blocked":
      return states[state];
  }
}

/** Chooses the icon for an alarm's state. */
export function rowState(state: AlarmState): RowState {
  switch (state) {
    case "open":
      return "waiting";
    case "taken":
    case "closed":
      return "good";
    case "unanswered":
    case "blocked":
      return "attention";
    case "stopped":
      return "plain";
  }
}
