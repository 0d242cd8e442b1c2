import type { AlarmSummary } from "../../alarms/summarize-alarm.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "./app-state.ts";
import { pageAddress } from "./page-address.ts";

export interface AlarmCardsProps {
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/**
 * Shows the alarms in progress at the top of every page: who is being called, and buttons to take and to stop each
 * alarm.
 *
 * Every open page fetches this part after a restart of the app. So it also has the token for changes, which the page
 * puts into all of its forms.
 */
export function AlarmCards({ appState, texts }: AlarmCardsProps) {
  const { alarms, changeToken } = appState;
  const { card: said, drill } = texts.alarms;
  return (
    <div id="alarm-cards" data-live="alarm-cards">
      {alarms.map((alarm) => (
        <section
          id={`alarm-${alarm.id}`}
          class={`card alarm ${alarm.takenBy === null ? "open" : "taken"}`}
          aria-label={said.heading(alarm.name)}
        >
          <p class="alarm-name">
            {said.heading(alarm.name)}
            {alarm.isDrill ? <span class="drill"> {drill}</span> : null}
          </p>
          <p role="status">{progress(alarm, texts)}</p>
          <form method="post" action="alarm">
            <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
            <input type="hidden" name="id" value={alarm.id} />
            {alarm.takenBy === null ? (
              <button name="action" value="take">
                {said.take}
              </button>
            ) : null}
            <button name="action" value="stop" class="quiet">
              {said.stop}
            </button>
            <a href={pageAddress("alarm", { id: alarm.id })}>{said.details}</a>
          </form>
        </section>
      ))}
      <input type="hidden" id="page-token" name={CHANGE_TOKEN_FIELD} value={changeToken} autocomplete="off" />
    </div>
  );
}

function progress({ takenBy, calling, talking }: AlarmSummary, { alarms }: PanelTexts): string {
  const { card: said, and } = alarms;
  if (takenBy !== null) return said.taken(takenBy);
  const sentences = [
    ...(calling.length === 0 ? [] : [said.calling(listOf(calling, and))]),
    ...(talking.length === 0 ? [] : [said.talking(listOf(talking, and))]),
  ];
  return sentences.length === 0 ? said.notTaken : sentences.join(" ");
}

function listOf(names: readonly string[], and: string): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${and} ${last}`;
}
