import type { StoredAlarm } from "../../alarms/changes/change.ts";
import type { PersonReach } from "../../alarms/ports.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { pageAddress } from "../shell/page-address.ts";
import { Page } from "../shell/page.tsx";
import { StateRow } from "../shell/state-row.tsx";
import { Time } from "../shell/time.tsx";
import { rowState, stateText } from "./alarm-page.tsx";
import { DrillCard } from "./drill-card.tsx";
import type { SubmittedDrill } from "./drill-card.tsx";

export interface AlarmsPageProps {
  /** The newest alarms, the newest first. */
  readonly recent: readonly StoredAlarm[];
  readonly reach: readonly PersonReach[];
  /** The names of the contacts, from which the user chooses people for a drill. */
  readonly contacts: readonly string[];
  /** A drill that could not be started, with the values that the user typed and the reason; otherwise null. */
  readonly refused: { readonly drill: SubmittedDrill; readonly reason: string } | null;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Shows the page Alarms: recent alarms, whether people can be reached, and the form for a drill. */
export function AlarmsPage(props: AlarmsPageProps) {
  const { recent, reach, contacts, refused, appState, texts } = props;
  return (
    <Page texts={texts} current="alarms" appState={appState}>
      <RecentCard recent={recent} appState={appState} texts={texts} />
      <ReachCard reach={reach} texts={texts} />
      <DrillCard contacts={contacts} refused={refused} changeToken={appState.changeToken} texts={texts} />
      <p class="as-of">{texts.alarms.notAnEmergencyCall}</p>
    </Page>
  );
}

function RecentCard({ recent, appState, texts }: Pick<AlarmsPageProps, "recent" | "appState" | "texts">) {
  const { recent: said, drill } = texts.alarms;
  return (
    <section class="card" aria-labelledby="recent-alarms">
      <h2 id="recent-alarms">{said.title}</h2>
      <div id="recent-alarms-list" data-live="">
        {recent.length === 0 ? <p>{said.none}</p> : null}
        <dl>
          {recent.map(({ alarm }) => (
            <StateRow
              texts={texts}
              state={rowState(alarm.state)}
              name={alarm.name}
              value={
                <a href={pageAddress("alarm", { id: alarm.id })}>
                  {stateText(alarm.state, alarm.taken?.name ?? "", texts)}
                </a>
              }
              note={
                <>
                  <Time at={alarm.startedAt} appState={appState} texts={texts} />
                  {alarm.terms.test ? ` · ${drill}` : ""}
                </>
              }
            />
          ))}
        </dl>
      </div>
    </section>
  );
}

function ReachCard({ reach, texts }: Pick<AlarmsPageProps, "reach" | "texts">) {
  const { reach: said } = texts.alarms;
  return (
    <section class="card" aria-labelledby="alarm-reach">
      <h2 id="alarm-reach">{said.title}</h2>
      <p class="note">{said.intro}</p>
      {reach.length === 0 ? <p>{said.unchecked}</p> : null}
      <dl>
        {reach.map(({ name, problems }) => (
          <StateRow
            texts={texts}
            state={problems.length === 0 ? "good" : "attention"}
            name={name}
            value={problems.length === 0 ? said.good : problems.join(" ")}
          />
        ))}
      </dl>
    </section>
  );
}
