import { textsFor } from "../../texts/texts-for.ts";
import type { AppState } from "../shell/app-state.ts";
import { Page } from "../shell/page.tsx";
import { Time } from "../shell/time.tsx";
import type { SetupPorts, SubmittedTest } from "./ports.ts";
import { Checklist } from "./status-card.tsx";
import { TestCard } from "./test-card.tsx";

export interface OverviewPageProps {
  readonly appState: AppState;
  /** When the facts were taken, in milliseconds since 1970. */
  readonly at: number;
  readonly setup: SetupPorts["setup"];
  readonly changeToken: string;
  /** The test that was sent last; null for none. */
  readonly sentId: string | null;
  /** What was typed of a test that lacked something; null for none. */
  readonly invalidTest: SubmittedTest | null;
  /** Stands for this page: what is sent from it twice is sent once. */
  readonly idempotencyKey: string;
}

/** The first page: how the app is, what to do about it, and a test. It waits for nobody. */
export function OverviewPage(props: OverviewPageProps) {
  const { appState, at, setup, changeToken, sentId, invalidTest, idempotencyKey } = props;
  const texts = textsFor(appState.homeAssistant.language);
  const checks = setup.checks.cached();
  return (
    <Page texts={texts} current="overview" appVersion={appState.appVersion}>
      <div>
        <div data-live="checklist" data-every="30" {...(checks === null ? { "data-pending": "" } : {})}>
          <Checklist
            appState={appState}
            checks={checks}
            notifiers={setup.notifiers()}
            relayState={setup.relayState()}
            polling={setup.polling.state()}
            changeToken={changeToken}
            texts={texts}
          />
        </div>
        <p role="status" class="unseen" data-says></p>
      </div>
      <TestCard
        contacts={setup.contacts}
        sent={sentId === null ? null : { id: sentId, progress: setup.test.progress(sentId) }}
        invalidTest={invalidTest}
        idempotencyKey={idempotencyKey}
        changeToken={changeToken}
        texts={texts}
      />
      <p class="as-of">
        {texts.asOf} <Time at={at} appState={appState} texts={texts} /> · <a href="./">{texts.reload}</a>
      </p>
      <script src="live.js" defer></script>
    </Page>
  );
}
