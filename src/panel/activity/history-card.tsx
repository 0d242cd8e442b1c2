import { maskNumber } from "../../domain/address/mask-number.ts";
import type { HistoryEntry } from "../../domain/events/history.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { SafeLink } from "../shell/safe-link.tsx";
import { Time } from "../shell/time.tsx";
import { describeEvent } from "./describe-event.ts";

/** Entries on one page. */
const PAGE = 50;

export interface HistoryCardProps {
  readonly entries: (before: number | null, limit: number) => readonly HistoryEntry[];
  /** Shows only entries whose number is lower; null for the newest. */
  readonly before: number | null;
  readonly contactOf: (address: string) => string | null;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** A page of the history, newest first. */
export function HistoryCard({ entries, before, contactOf, appState, texts }: HistoryCardProps) {
  const { history } = texts.activity;
  // One more entry shows that there is a next page.
  const all = entries(before, PAGE + 1);
  const page = all.slice(0, PAGE);
  const last = all.length > PAGE ? page.at(-1) : undefined;
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{history.title}</h2>
      <ol class="history" id="history-list" data-live="">
        {page.length === 0 ? <li id="none">{history.empty}</li> : page.map(line)}
      </ol>
      {last === undefined && before === null ? null : (
        <nav aria-label={history.pages}>
          {before === null ? null : <a href="activity">{history.newest}</a>}
          {last === undefined ? null : <a href={`activity?before=${last.seq}`}>{history.older}</a>}
        </nav>
      )}
    </section>
  );

  function line(event: HistoryEntry) {
    const { sentence, errors } = describeEvent(event, history, contactOf);
    return (
      <li id={`history-${event.seq}`}>
        <p>{sentence}</p>
        {errors.map(({ text, moreInfo }) => (
          <p class="why">
            <span lang="en">{text}</span>
            {moreInfo === null ? null : (
              <>
                {" "}
                <SafeLink to={moreInfo}>{history.moreInfo}</SafeLink>
              </>
            )}
          </p>
        ))}
        <p class="note">
          <Time at={event.at} appState={appState} texts={texts} />
          {event.state === "delivered"
            ? null
            : ` · ${history.states[event.state === "kept" ? "storedOnly" : event.state]}`}
          {event.state === "refused" ? <span lang="en"> {maskNumber(event.reason ?? "")}</span> : null}
          {event.maybeDelivered && event.state !== "pending" ? ` · ${history.isRepeat}` : null}
          {" · "}
          <a href={`examples?event=${event.seq}`}>{history.toAutomation}</a>
        </p>
      </li>
    );
  }
}
