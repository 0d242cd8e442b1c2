import { textsFor } from "../../texts/texts-for.ts";
import type { PanelFacts } from "../shell/facts.ts";
import { Page } from "../shell/page.tsx";
import { Moment } from "../shell/time.tsx";
import type { SetupParts, TypedTest } from "./ports.ts";
import { Checklist } from "./status-card.tsx";
import { TestCard } from "./test-card.tsx";

export interface OverviewPageProps {
  readonly facts: PanelFacts;
  /** When the facts were taken, in milliseconds since 1970. */
  readonly at: number;
  readonly setup: SetupParts["setup"];
  readonly changeToken: string;
  /** The test that was sent last; null for none. */
  readonly sentId: string | null;
  /** What was typed of a test that lacked something; null for none. */
  readonly faulty: TypedTest | null;
  /** Stands for this page: what is sent from it twice is sent once. */
  readonly once: string;
}

/** The first page: how the app is, what to do about it, and a test. It waits for nobody. */
export function OverviewPage(props: OverviewPageProps) {
  const { facts, at, setup, changeToken, sentId, faulty, once } = props;
  const texts = textsFor(facts.homeAssistant.language);
  const checks = setup.checks.peek();
  return (
    <Page texts={texts} current="overview" appVersion={facts.appVersion}>
      <div>
        <div data-live="checklist" data-every="30" {...(checks === null ? { "data-pending": "" } : {})}>
          <Checklist
            facts={facts}
            checks={checks}
            notifiers={setup.notifiers()}
            changeToken={changeToken}
            texts={texts}
          />
        </div>
        <p role="status" class="unseen" data-says></p>
      </div>
      <TestCard
        contacts={setup.test.contacts}
        sent={sentId === null ? null : { id: sentId, progress: setup.test.progress(sentId) }}
        faulty={faulty}
        once={once}
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
