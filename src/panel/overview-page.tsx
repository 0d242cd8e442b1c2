import { Moment } from "./moment.tsx";
import { Page } from "./page.tsx";
import type { PanelFacts } from "./panel-facts.ts";
import { StatusCard } from "./status-card.tsx";
import { textsFor } from "./texts/texts-for.ts";
import { WebhookCard } from "./webhook-card.tsx";

export interface OverviewPageProps {
  readonly facts: PanelFacts;
  /** When the facts were taken, in milliseconds since 1970. */
  readonly at: number;
}

/** The first page: how the app is, and what to enter at Twilio. */
export function OverviewPage({ facts, at }: OverviewPageProps) {
  const texts = textsFor(facts.homeAssistant.language);
  return (
    <Page texts={texts} current="overview" appVersion={facts.appVersion}>
      <StatusCard facts={facts} texts={texts} />
      <WebhookCard facts={facts} texts={texts} />
      <p class="as-of">
        {texts.asOf} <Moment at={at} facts={facts} texts={texts} /> · <a href="./">{texts.reload}</a>
      </p>
    </Page>
  );
}
