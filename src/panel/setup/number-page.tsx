import { withCode } from "../../domain/twilio-error.ts";
import { CHANGE_TOKEN_FIELD } from "../guard-changes.ts";
import { Page } from "../page.tsx";
import type { PanelTexts } from "../texts/panel-texts.ts";
import { SettingsTable } from "./settings-table.tsx";
import type { NumberChange, NumberPlan, NumberPlanAnswer } from "./setup-parts.ts";

export interface NumberPageProps {
  readonly answer: NumberPlanAnswer;
  /** What became of what was asked for; null where nothing was. */
  readonly change: NumberChange | null;
  /** Whether the app knows its public address. */
  readonly hasAddress: boolean;
  readonly changeToken: string;
  readonly appVersion: string;
  readonly texts: PanelTexts;
}

/** What Twilio does with what comes to a number, and what it would do: shown before it is done. */
export function NumberPage(props: NumberPageProps) {
  const { answer, change, hasAddress, changeToken, appVersion, texts } = props;
  const { number: said } = texts.setup;
  return (
    <Page texts={texts} current="overview" appVersion={appVersion}>
      {change === null ? null : (
        <p class={`card outcome ${change.kind === "done" ? "good" : "attention"}`} role="status">
          {outcomeText(change, texts)}
        </p>
      )}
      {answer.kind === "found" ? (
        <Plan plan={answer.plan} hasAddress={hasAddress} changeToken={changeToken} texts={texts} />
      ) : change === null ? (
        <p class="card" role="status">
          {said[answer.kind]}
        </p>
      ) : null}
      <p class="as-of">
        <a href="./">{said.back}</a>
      </p>
    </Page>
  );
}

function outcomeText(change: NumberChange, { setup: { number: said } }: PanelTexts): string {
  return change.kind === "failed" ? `${said.failed} ${withCode(change.error)}` : said[change.kind];
}

interface PlanProps {
  readonly plan: NumberPlan;
  readonly hasAddress: boolean;
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

function Plan({ plan, hasAddress, changeToken, texts }: PlanProps) {
  const { number: said, numbers } = texts.setup;
  const { number, wanted, before } = plan;
  return (
    <>
      <section class="card" aria-labelledby="number">
        <h2 id="number">{said.title(number.number)}</h2>
        <p class="kind">{numbers.capabilities(number.messages, number.calls)}</p>
        {number.service === null ? null : <p>{numbers.service(number.service)}</p>}
        {number.hasTrunk ? <p>{numbers.trunk}</p> : null}
        {wanted === null ? (
          <p>{hasAddress ? said.isSetUp : said.needsAddress}</p>
        ) : (
          <>
            <p>{said.intro}</p>
            <SettingsTable label={numbers.setUp} now={number.settings} then={wanted} texts={said} />
            <ChangeForm plan={plan} action="set_up" label={said.confirm} changeToken={changeToken} />
          </>
        )}
      </section>
      {before === null ? null : (
        <section class="card" aria-labelledby="put-back">
          <h2 id="put-back">{said.putBackTitle}</h2>
          <p>{said.putBackIntro}</p>
          <SettingsTable label={said.putBackTitle} now={number.settings} then={before} texts={said} />
          <ChangeForm plan={plan} action="put_back" label={said.putBack} changeToken={changeToken} />
        </section>
      )}
    </>
  );
}

interface ChangeFormProps {
  readonly plan: NumberPlan;
  readonly action: "set_up" | "put_back";
  readonly label: string;
  readonly changeToken: string;
}

function ChangeForm({ plan, action, label, changeToken }: ChangeFormProps) {
  return (
    <form method="post" action="number">
      <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
      <input type="hidden" name="sid" value={plan.number.sid} />
      <input type="hidden" name="seen" value={plan.seen} />
      <button name="action" value={action} {...(action === "put_back" ? { class: "quiet" } : {})}>
        {label}
      </button>
    </form>
  );
}
