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
  /** Shows only history entries whose `seq` is lower; null for the newest. */
  readonly before: number | null;
  /** When the page was made, in milliseconds since 1970. */
  readonly at: number;
}

/** The page Activity: what waits, what failed, and the history. Pages after the first contain only the history. */
export function ActivityPage({ ports, appState, before, at }: ActivityPageProps) {
  const texts = textsFor(appState.homeAssistant.language);
  const { diagnostics } = texts.activity;
  const { journal, contactOf, limits } = ports;
  return (
    <Page texts={texts} current="activity" appVersion={appState.appVersion}>
      {before === null ? (
        <>
          <NowCard ports={ports} appState={appState} texts={texts} />
          <DayCard usedLimits={journal.usedLimits(at)} limits={limits} texts={texts} />
        </>
      ) : null}
      <HistoryCard
        entries={journal.history}
        before={before}
        contactOf={contactOf}
        appState={appState}
        texts={texts}
      />
      {before === null ? (
        <section class="card" aria-labelledby="diagnostics">
          <h2 id="diagnostics">{diagnostics.title}</h2>
          <p>{diagnostics.note}</p>
          <p>
            <a href="diagnostics.json" download>
              {diagnostics.download}
            </a>
          </p>
        </section>
      ) : null}
      <p class="as-of">
        {texts.asOf}{" "}
        <span id="as-of" data-live="">
          <Time at={at} appState={appState} texts={texts} />
        </span>{" "}
        · <a href="activity">{texts.reload}</a>
      </p>
      {before === null ? <script src="live.js" defer></script> : null}
    </Page>
  );
}
