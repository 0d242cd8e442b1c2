import { textsFor } from "../../texts/texts-for.ts";
import type { AppState } from "../shell/app-state.ts";
import { Page } from "../shell/page.tsx";
import { Time } from "../shell/time.tsx";
import { DayCard } from "./day-card.tsx";
import { HistoryCard } from "./history-card.tsx";
import { NowCard } from "./now-card.tsx";
import type { ActivityPorts } from "./ports.ts";

export interface ActivityPageProps {
  readonly ports: ActivityPorts["activity"];
  readonly appState: AppState;
  /** The page shows only history entries whose `seq` is lower than this number. Null shows the newest entries. */
  readonly before: number | null;
  /** When the page was made, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Shows the page Activity: waiting events and requests, failures, the history and the daily limits. The daily limits
 * stand before the history if one of them is reached. Further pages show only the history.
 */
export function ActivityPage({ ports, appState, before, at }: ActivityPageProps) {
  const texts = textsFor(appState.language);
  const { diagnostics } = texts.activity;
  const { journal, contactOf, limits } = ports;
  const usedLimits = journal.usedLimits(at);
  const isReached = usedLimits.messages >= limits.messagesPerDay || usedLimits.calls >= limits.callsPerDay;
  const day = <DayCard usedLimits={usedLimits} limits={limits} texts={texts} />;
  return (
    <Page texts={texts} appState={appState} current="activity">
      {before === null ? <NowCard ports={ports} appState={appState} texts={texts} /> : null}
      {before === null && isReached ? day : null}
      <HistoryCard
        threads={journal.threads}
        before={before}
        contactOf={contactOf}
        appState={appState}
        texts={texts}
      />
      {before === null && !isReached ? day : null}
      {before === null ? (
        <section class="card" aria-labelledby="diagnostics">
          <h2 id="diagnostics">{diagnostics.title}</h2>
          <p>{diagnostics.note}</p>
          <p>
            <a href="diagnostics.json" download>
              {diagnostics.download}
            </a>
          </p>
          <p>{texts.export.note}</p>
          <p>
            <a href="history.csv">{texts.export.history}</a>
          </p>
        </section>
      ) : null}
      <p class="as-of">
        {texts.asOf}{" "}
        <span id="as-of" {...(before === null ? { "data-live": "" } : {})}>
          <Time at={at} appState={appState} texts={texts} />
        </span>{" "}
        · <a href="activity">{texts.reload}</a>
      </p>
    </Page>
  );
}
