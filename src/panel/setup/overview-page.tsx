import { textsFor } from "../../texts/texts-for.ts";
import type { AppState } from "../shell/app-state.ts";
import { Page } from "../shell/page.tsx";
import { Time } from "../shell/time.tsx";
import type { SetupPorts, SubmittedTest } from "./ports.ts";
import { Checklist } from "./status-card.tsx";
import { TestCard } from "./test-card.tsx";

export interface OverviewPageProps {
  readonly appState: AppState;
  /** When the page was made, in milliseconds since 1970. */
  readonly at: number;
  readonly setup: SetupPorts["setup"];
  readonly changeToken: string;
  /** The ID of the test that the user has just sent; null if the user has sent none. */
  readonly sentId: string | null;
  /** A test that could not be sent, with the values that the user typed; otherwise null. */
  readonly invalidTest: SubmittedTest | null;
  /** Identifies this page, so that submitting its form twice sends one test. */
  readonly idempotencyKey: string;
}

/**
 * Shows the page Setup: the checklist, the numbers and a test. It shows the stored results of the checks, and does not
 * wait for new ones.
 */
export function OverviewPage(props: OverviewPageProps) {
  const { appState, at, setup, changeToken, sentId, invalidTest, idempotencyKey } = props;
  const texts = textsFor(appState.language);
  const checks = setup.checks.cached();
  return (
    <Page texts={texts} current="overview" appState={appState}>
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
        contacts={setup.contacts()}
        sent={sentId === null ? null : { id: sentId, progress: setup.test.progress(sentId) }}
        invalidTest={invalidTest}
        idempotencyKey={idempotencyKey}
        changeToken={changeToken}
        texts={texts}
      />
      <p class="as-of">
        {texts.asOf} <Time at={at} appState={appState} texts={texts} /> · <a href="./">{texts.reload}</a>
      </p>
    </Page>
  );
}
