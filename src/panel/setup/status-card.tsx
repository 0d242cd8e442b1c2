import type { PollingState } from "../../inbound/polling/poll-messages.ts";
import type { SetupChecks } from "../../setup/checks.ts";
import type { RelayState } from "../../setup/relay/relay-state.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { relayRow } from "../relay/relay-row.tsx";
import type { AppState } from "../shell/app-state.ts";
import { StateRow } from "../shell/state-row.tsx";
import { WebhookCard } from "../shell/webhook-card.tsx";
import { addressRow, homeAssistantRow, notifierRow, signatureRow, waitingRow } from "./app-state-rows.tsx";
import { accountRow, coreEntryRow, reachRow, scriptsRow } from "./check-rows.tsx";
import { NumbersCard, hasNoNumberSetUp, isAnyPolled, isAnySetUp } from "./numbers-card.tsx";
import { optionsRow } from "./options-row.tsx";
import type { NotifierState } from "./ports.ts";

export interface StatusCardProps {
  readonly appState: AppState;
  /**
   * The results of the checks. Null until all of them have been made, also again after a change that makes the earlier
   * results invalid.
   */
  readonly checks: SetupChecks | null;
  readonly notifiers: readonly NotifierState[];
  readonly relayState: RelayState;
  /** The state of polling (reading messages from Twilio's list); null if the app does not poll. */
  readonly polling: PollingState | null;
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

/** Shows the checklist, with a summary of what is left to do. */
export function StatusCard(props: StatusCardProps) {
  const { appState, checks, texts } = props;
  const rows = checklist(props);
  const inNumbers =
    checks !== null && hasNoNumberSetUp(checks.numbers, appState.bases, props.polling) ? 1 : 0;
  const toDo = rows.filter(({ state }) => state === "attention").length + inNumbers;
  const unsettled =
    rows.filter(({ state }) => state === "waiting" || state === "open").length + openChecksBesideRows(checks);
  return (
    <section id="status-card" class="card" aria-labelledby="status">
      <h2 id="status">{texts.status.title}</h2>
      {checks === null ? (
        <p class="asking">
          {texts.setup.asking} <span class="reload-hint">{texts.setup.reloadForMore}</span>
        </p>
      ) : (
        <p data-news>{summary(toDo, unsettled, texts)}</p>
      )}
      <dl>
        {rows.map((row) => (
          <StateRow texts={texts} {...row} />
        ))}
      </dl>
    </section>
  );
}

function summary(toDo: number, unsettled: number, { setup }: PanelTexts): string {
  if (toDo > 0) return setup.toDo(toDo);
  return unsettled > 0 ? setup.unsettled(unsettled) : setup.allGood;
}

/**
 * Returns a correction for the number of open checks, which `StatusCard` counts by the lines of the checklist. If the
 * app cannot list the account's phone numbers, this is an open check without a line. The line of a trial account has
 * the state `waiting`, but is no open check.
 */
function openChecksBesideRows(checks: SetupChecks | null): number {
  if (checks === null) return 0;
  const { account, numbers } = checks;
  const isTrial = account.kind === "known" && account.isTrial && account.status === "active";
  return (numbers.kind === "listed" ? 0 : 1) - (isTrial ? 1 : 0);
}

function checklist(props: StatusCardProps) {
  const { appState, checks, notifiers, relayState, polling, changeToken, texts } = props;
  const source = appState.publicAddress?.source;
  const hasOwnAddress = source === "configured" || source === "learnt";
  const reach = checks === null ? null : reachRow(checks, appState, texts);
  const options = optionsRow(appState, texts);
  return [
    ...(options === null ? [] : [options]),
    ...(checks === null ? [] : [accountRow(checks.account, appState, texts)]),
    homeAssistantRow(appState, texts),
    ...(checks === null || !appState.homeAssistant.connected
      ? []
      : [scriptsRow(checks.scripts, appState, texts)]),
    ...(checks?.coreEntry === "enabled" ? [coreEntryRow(appState, texts)] : []),
    addressRow(appState, { isPolled: isAnyPolled(polling), changeToken }, texts),
    ...(reach === null ? [] : [reach]),
    relayRow(relayState, hasOwnAddress, texts),
    signatureRow(appState, texts),
    ...notifiers.map((notifier) => notifierRow(notifier, texts)),
    waitingRow(appState, texts),
    ...(checks === null
      ? [{ state: "plain", name: texts.status.account, value: <code>{appState.accountSid}</code> } as const]
      : []),
  ];
}

export interface ChecklistProps {
  readonly appState: AppState;
  readonly checks: SetupChecks | null;
  readonly notifiers: readonly NotifierState[];
  readonly relayState: RelayState;
  readonly polling: PollingState | null;
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

/** Shows the part of the page Setup that the browser refreshes while the page is visible. */
export function Checklist(props: ChecklistProps) {
  const { appState, checks, polling, changeToken, texts } = props;
  return (
    <>
      <StatusCard {...props} />
      {checks === null ? null : (
        <NumbersCard numbers={checks.numbers} {...{ appState, polling, changeToken, texts }} />
      )}
      {checks !== null && isAnySetUp(checks.numbers, appState.bases) ? null : (
        <WebhookCard {...{ appState, texts }} />
      )}
    </>
  );
}
