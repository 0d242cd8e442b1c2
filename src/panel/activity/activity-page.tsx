import { textsFor } from "../../texts/texts-for.ts";
import type { PanelFacts } from "../shell/facts.ts";
import { Page } from "../shell/page.tsx";
import { Moment } from "../shell/time.tsx";
import { DayCard } from "./day-card.tsx";
import { HistoryCard } from "./history-card.tsx";
import { NowCard } from "./now-card.tsx";
import type { ActivityParts } from "./ports.ts";

export interface ActivityPageProps {
  readonly parts: ActivityParts["activity"];
  readonly facts: PanelFacts;
  /** Only what is older than this number; null for the newest. */
  readonly before: number | null;
  /** When the facts were taken, in milliseconds since 1970. */
  readonly at: number;
}

/** What waits, what failed and what happened. Further pages hold only what happened. */
export function ActivityPage({ parts, facts, before, at }: ActivityPageProps) {
  const texts = textsFor(facts.homeAssistant.language);
  const { diagnostics } = texts.activity;
  const { journal, contactOf, limits } = parts;
  return (
    <Page texts={texts} current="activity" appVersion={facts.appVersion}>
      {before === null ? (
        <>
          <NowCard parts={parts} facts={facts} texts={texts} />
          <DayCard used={journal.used(at)} limits={limits} texts={texts} />
        </>
      ) : null}
      <HistoryCard
        happened={journal.happened}
        before={before}
        contactOf={contactOf}
        facts={facts}
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
        <span id="as-of" data-renew>
          <Moment at={at} facts={facts} texts={texts} />
        </span>{" "}
        · <a href="activity">{texts.reload}</a>
      </p>
      {before === null ? <script src="live.js" defer></script> : null}
    </Page>
  );
}
