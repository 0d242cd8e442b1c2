import type { ListAnswer } from "../../domain/list-answer.ts";
import type { RelayUsage } from "../../setup/relay/ports.ts";
import type { RelayPlan, RelayState } from "../../setup/relay/relay-state.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";
import { Page } from "../shell/page.tsx";
import { StateRow } from "../shell/state-row.tsx";
import { RelayStateCard } from "./relay-state-card.tsx";

export interface RelayPageProps {
  readonly appState: AppState;
  readonly state: RelayState;
  /**
   * The changes that setting up the relay would make. Null while the relay is being set up or removed, because no
   * button works then.
   */
  readonly plan: RelayPlan | null;
  /** This month's usage of Functions and Sync in the whole Twilio account. Null unless the relay is ready. */
  readonly usage: ListAnswer<RelayUsage> | null;
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

/**
 * Shows the page about the webhook relay: what it is, what setting it up creates and may cost, and how to remove it.
 */
export function RelayPage({ appState, state, plan, usage, changeToken, texts }: RelayPageProps) {
  const { relay: said } = texts;
  const isBusy = state.kind === "busy";
  const canRemove = state.kind === "ready" || state.kind === "failed";
  return (
    <Page texts={texts} current="overview" appState={appState}>
      <section class="card" aria-labelledby="relay">
        <h2 id="relay">{said.title}</h2>
        <p>{said.intro}</p>
      </section>
      <div {...(isBusy ? { "data-live": "", "data-every": "2" } : {})} id="relay-live">
        <RelayStateCard state={state} appState={appState} texts={texts} />
        {usage?.kind === "listed" ? <UsageCard usage={usage.items} texts={texts} /> : null}
        {plan === null ? null : (
          <PlanCard plan={plan} isRepair={state.kind === "ready"} changeToken={changeToken} texts={texts} />
        )}
        {canRemove ? <RemoveCard changeToken={changeToken} texts={texts} /> : null}
      </div>
      <p class="as-of">
        <a href="./">{said.back}</a>
      </p>
    </Page>
  );
}

function UsageCard({ usage, texts }: { readonly usage: readonly RelayUsage[]; readonly texts: PanelTexts }) {
  const { usage: said } = texts.relay;
  return (
    <section class="card" aria-labelledby="relay-usage">
      <h2 id="relay-usage">{said.title}</h2>
      {usage.length === 0 ? <p>{said.none}</p> : null}
      <dl>
        {usage.map(({ what, amount, price }) => (
          <StateRow texts={texts} state="plain" name={what} value={amount} note={price} />
        ))}
      </dl>
      <p class="note">{said.note}</p>
    </section>
  );
}

interface CardProps {
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

function PlanCard({
  plan,
  isRepair,
  changeToken,
  texts,
}: CardProps & { readonly plan: RelayPlan; readonly isRepair: boolean }) {
  const { plan: said, obstacles } = texts.relay;
  if (plan.kind !== "possible")
    return (
      <section class="card outcome attention">
        <p>{obstacles[plan.kind]}</p>
      </section>
    );
  const { name, house, isForeign, numbers } = plan;
  return (
    <section class="card" aria-labelledby="relay-plan">
      <h2 id="relay-plan">{said.title}</h2>
      {isForeign ? <p class="note">{said.foreign}</p> : null}
      <ul>
        <li>{said.service(name)}</li>
        <li>{said.sync(name)}</li>
        <li>{house === "cloudhook" ? said.cloudhook : said.externalUrl}</li>
      </ul>
      <p>{said.credentials}</p>
      <p>{said.cost}</p>
      <form method="post" action="relay">
        <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
        <fieldset>
          <legend>{said.numbers}</legend>
          {numbers.length === 0 ? <p>{said.noNumbers}</p> : null}
          {numbers.map(({ sid, number, isFree }) => (
            <p>
              <label>
                <input type="checkbox" name="number" value={sid} {...(isFree ? { checked: true } : {})} />{" "}
                {number}
                {isFree ? "" : ` (${said.notFree})`}
              </label>
            </p>
          ))}
        </fieldset>
        <p class="note">{said.duration}</p>
        <button name="action" value="set_up">
          {isRepair ? said.repair : said.setUp}
        </button>
      </form>
    </section>
  );
}

function RemoveCard({ changeToken, texts }: CardProps) {
  const { remove: said } = texts.relay;
  return (
    <section class="card" aria-labelledby="relay-remove">
      <h2 id="relay-remove">{said.title}</h2>
      <p>{said.intro}</p>
      <form method="post" action="relay">
        <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
        <button name="action" value="remove" class="quiet">
          {said.button}
        </button>
      </form>
    </section>
  );
}
