import type { HistoryThread } from "../../domain/events/activity-journal.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { DayList } from "../conversations/day-list.tsx";
import type { AppState } from "../shell/app-state.ts";
import { ThreadItem } from "./thread-item.tsx";

/** How many messages, calls and other events one page shows. */
const PAGE = 50;

export interface HistoryCardProps {
  /** Lists messages and calls with their events, newest first. */
  readonly threads: (before: number | null, limit: number) => readonly HistoryThread[];
  /**
   * The page shows only messages, calls and events that began before the event with this `seq`. Null shows the newest.
   */
  readonly before: number | null;
  readonly contactOf: (address: string) => string | null;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Shows one page of the history, newest first. Each message or call has one line, which unfolds to its events. */
export function HistoryCard({ threads, before, contactOf, appState, texts }: HistoryCardProps) {
  const { history } = texts.activity;
  // Reads one entry more than the page shows, to know whether another page exists.
  const all = threads(before, PAGE + 1);
  const page = all.slice(0, PAGE);
  const last = all.length > PAGE ? page.at(-1) : undefined;
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{history.title}</h2>
      <div id="history-live" {...(before === null ? { "data-live": "" } : {})}>
        {page.length === 0 ? (
          <p id="none" class="note">
            {history.empty}
          </p>
        ) : (
          <DayList
            id="history-list"
            class="history"
            items={page}
            timeOf={({ head }) => head.at}
            appState={appState}
          >
            {(thread) => <ThreadItem {...{ thread, contactOf, appState, texts }} />}
          </DayList>
        )}
      </div>
      {last === undefined && before === null ? null : (
        <nav aria-label={history.pages}>
          {before === null ? null : <a href="activity">{history.newest}</a>}
          {last === undefined ? null : <a href={`activity?before=${last.head.seq}`}>{history.older}</a>}
        </nav>
      )}
    </section>
  );
}
