import { errorText } from "../../domain/error-text.ts";
import { withCode } from "../../domain/reported-error.ts";
import type { ChangeResult, NumberPlan, PlanResult } from "../../setup/number-webhooks.ts";
import { numberState } from "../../setup/number-webhooks.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";
import { Page } from "../shell/page.tsx";
import { StateRow } from "../shell/state-row.tsx";
import type { StateRowProps } from "../shell/state-row.tsx";
import { WebhookSettingsTable } from "./webhook-settings-table.tsx";

export interface NumberPageProps {
  readonly answer: PlanResult;
  /** The outcome of the change that the user has just made to the number's settings; null if the user has made none. */
  readonly change: ChangeResult | null;
  /** The app's public address; null if it is unknown. */
  readonly base: string | null;
  /** Whether the user has entered an invalid public address in the options. */
  readonly isAddressRefused: boolean;
  /** A fault of the public address that keeps Twilio from using the new webhook URL; null if no fault is known. */
  readonly obstacle: Omit<StateRowProps, "texts"> | null;
  readonly changeToken: string;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Shows the settings of a number at Twilio, as they are and as they will be. The user must confirm the change. */
export function NumberPage(props: NumberPageProps) {
  const { answer, change, appState, texts } = props;
  const { number: said } = texts.setup;
  return (
    <Page texts={texts} current="overview" appState={appState}>
      {change === null ? null : (
        <p class={`card outcome ${change.kind === "done" ? "good" : "attention"}`} role="status">
          {outcomeText(change, texts)}
        </p>
      )}
      {answer.kind === "found" ? (
        <Plan {...props} plan={answer.plan} />
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

function outcomeText(change: ChangeResult, { setup: { number: said }, errors }: PanelTexts): string {
  if (change.kind !== "failed") return said[change.kind];
  const { error } = change;
  return `${said.failed} ${withCode({ ...error, message: errorText(error, errors) })}`;
}

type PlanProps = NumberPageProps & { readonly plan: NumberPlan };

function Plan({ plan, base, isAddressRefused, obstacle, changeToken, texts }: PlanProps) {
  const { number: said, numbers } = texts.setup;
  const { number, newSettings, previousSettings } = plan;
  return (
    <>
      <section class="card" aria-labelledby="number">
        <h2 id="number">{said.title(number.number)}</h2>
        <p class="kind">{numbers.capabilities(number.messages, number.calls)}</p>
        {number.service === null ? null : <p>{numbers.service(number.service)}</p>}
        {number.hasTrunk ? <p>{numbers.trunk}</p> : null}
        {newSettings === null ? (
          <p>
            {stateText(plan, { base, isAddressRefused }, texts)}{" "}
            {base === null ? <a href="relay">{texts.links.relay}</a> : null}
          </p>
        ) : (
          <>
            <p>{said.intro}</p>
            <WebhookSettingsTable
              label={numbers.setUp}
              currentSettings={number.settings}
              newSettings={newSettings}
              texts={said}
            />
            {obstacle === null ? null : (
              <dl>
                <StateRow texts={texts} {...obstacle} />
              </dl>
            )}
            <ChangeForm plan={plan} action="set_up" label={said.confirm} changeToken={changeToken} />
          </>
        )}
      </section>
      {previousSettings === null ? null : (
        <details class="card">
          <summary>{said.restoreTitle}</summary>
          <p>{said.restoreIntro}</p>
          <WebhookSettingsTable
            label={said.restoreTitle}
            currentSettings={number.settings}
            newSettings={previousSettings}
            texts={said}
          />
          {number.hasTrunk && previousSettings.voiceApplicationSid !== "" ? (
            <p>{said.on_trunk}</p>
          ) : (
            <ChangeForm plan={plan} action="restore" label={said.restore} changeToken={changeToken} />
          )}
        </details>
      )}
    </>
  );
}

function stateText(
  { number }: NumberPlan,
  { base, isAddressRefused }: Pick<NumberPageProps, "base" | "isAddressRefused">,
  { setup, options }: PanelTexts,
): string {
  if (base === null) return isAddressRefused ? options.numberNeedsAddress : setup.number.needsAddress;
  const uses = Object.values(numberState(number, [base])).filter((use) => use !== "unable");
  return uses.every((use) => use === "ours") ? setup.number.isSetUp : setup.number.isOverruled;
}

interface ChangeFormProps {
  readonly plan: NumberPlan;
  readonly action: "set_up" | "restore";
  readonly label: string;
  readonly changeToken: string;
}

function ChangeForm({ plan, action, label, changeToken }: ChangeFormProps) {
  return (
    <form method="post" action="number">
      <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
      <input type="hidden" name="sid" value={plan.number.sid} />
      <input type="hidden" name="snapshot" value={plan.snapshotHash} />
      <button name="action" value={action} {...(action === "restore" ? { class: "quiet" } : {})}>
        {label}
      </button>
    </form>
  );
}
