import { Moment } from "./moment.tsx";
import { Page } from "./page.tsx";
import type { PanelFacts } from "./panel-facts.ts";
import { Checklist } from "./setup/checklist.tsx";
import type { SetupParts } from "./setup/setup-parts.ts";
import { TestCard } from "./setup/test-card.tsx";
import { textsFor } from "./texts/texts-for.ts";
import { WebhookCard } from "./webhook-card.tsx";

export interface OverviewPageProps {
  readonly facts: PanelFacts;
  /** When the facts were taken, in milliseconds since 1970. */
  readonly at: number;
  readonly setup: SetupParts["setup"];
  readonly changeToken: string;
  /** The test that was sent last; null for none. */
  readonly sentId: string | null;
  /** A test was to be sent and something lacked. */
  readonly isFaulty: boolean;
}

/** The first page: how the app is, what to do about it, and a test. It waits for nobody. */
export function OverviewPage({ facts, at, setup, changeToken, sentId, isFaulty }: OverviewPageProps) {
  const texts = textsFor(facts.homeAssistant.language);
  const checks = setup.checks.peek();
  return (
    <Page texts={texts} current="overview" appVersion={facts.appVersion}>
      <div>
        <div data-live="checklist" data-every="30" {...(checks === null ? { "data-pending": "" } : {})}>
          <Checklist facts={facts} checks={checks} notifiers={setup.notifiers()} texts={texts} />
        </div>
        <p role="status" class="unseen" data-says></p>
      </div>
      <WebhookCard facts={facts} texts={texts} />
      <TestCard
        contacts={setup.test.contacts}
        sent={sentId === null ? null : { id: sentId, progress: setup.test.progress(sentId) }}
        isFaulty={isFaulty}
        changeToken={changeToken}
        texts={texts}
      />
      <p class="as-of">
        {texts.asOf} <Moment at={at} facts={facts} texts={texts} /> · <a href="./">{texts.reload}</a>
      </p>
      <script src="setup.js" defer></script>
    </Page>
  );
}
