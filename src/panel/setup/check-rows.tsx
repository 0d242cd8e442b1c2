import { errorText } from "../../domain/error-text.ts";
import { errorOf } from "../../domain/reported-error.ts";
import type { AccountCheck, ScriptsCheck, SetupChecks } from "../../setup/checks.ts";
import { judgeReach } from "../../setup/judge-reach.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { ConfigurationLink } from "../shell/configuration-link.tsx";
import { ConsoleLink, HomeLink } from "../shell/outside-links.tsx";
import type { StateRowProps } from "../shell/state-row.tsx";
import { Time } from "../shell/time.tsx";

type Row = Omit<StateRowProps, "texts">;

/** Makes the line about the Twilio account. */
export function accountRow(
  account: AccountCheck,
  { accountSid, configurationPath }: AppState,
  texts: PanelTexts,
): Row {
  const { account: said } = texts.setup;
  const name = texts.status.account;
  const sid = <code>{accountSid}</code>;
  switch (account.kind) {
    case "known": {
      const { isTrial, status, balance } = account;
      const value = `${account.name}, ${isTrial ? said.trial : said.full}`;
      const notes = [
        ...(status === "active" ? [] : [`${said.notActive(status)}. ${said.notActiveNote}`]),
        ...(isTrial ? [said.trialNote] : []),
        ...(balance === null ? [] : [`${said.balance(`${balance.amount} ${balance.currency}`)}.`]),
      ];
      const state = status === "active" ? (isTrial ? "waiting" : "good") : "attention";
      return {
        state,
        name,
        value,
        note: (
          <>
            {notes.join(" ")} {sid}
            {state === "good" ? null : (
              <>
                {" "}
                <ConsoleLink texts={texts} />
              </>
            )}
          </>
        ),
      };
    }
    case "hidden":
      return { state: "good", name, value: said.hidden, note: said.hiddenNote };
    case "refused":
      return {
        state: "attention",
        name,
        value: said.refused,
        note: (
          <>
            {said.refusedNote}{" "}
            <ConfigurationLink path={configurationPath}>{texts.options.open}</ConfigurationLink>
          </>
        ),
      };
    case "away":
      return { state: "waiting", name, value: said.away, note: said.awayNote };
  }
}

/** Makes the line about the actions that the app installs in Home Assistant. */
export function scriptsRow(scripts: ScriptsCheck, appState: AppState, texts: PanelTexts): Row {
  const { scripts: said } = texts.setup;
  const { name } = said;
  switch (scripts.kind) {
    case "loaded":
      return { state: "good", name, value: said.loaded };
    case "missing":
      return {
        state: "attention",
        name,
        value: said.missing(scripts.names.map((one) => `script.${one}`).join(", ")),
        note: (
          <>
            {said.missingNote}{" "}
            <HomeLink to="scripts" appState={appState}>
              {texts.links.scripts}
            </HomeLink>
          </>
        ),
      };
    case "unknown":
      return { state: "open", name, value: said.unknown, note: said.unknownNote };
  }
}

/**
 * Makes the line about Home Assistant's own Twilio integration. That integration still receives the webhooks of each
 * number whose webhook URL at Twilio is the integration's.
 */
export function coreEntryRow(appState: AppState, { polling: { coreEntry }, links }: PanelTexts): Row {
  const note = (
    <>
      {coreEntry.note}{" "}
      <HomeLink to="coreTwilio" appState={appState}>
        {links.coreTwilio}
      </HomeLink>
    </>
  );
  return { state: "waiting", name: coreEntry.name, value: coreEntry.enabled, note };
}

/**
 * Makes the line about whether Twilio can reach the public address. Returns null if the app has no public address, or
 * only that of the webhook relay, because `addressRow` and `relayRow` make lines about that.
 */
export function reachRow({ reach, failure }: SetupChecks, appState: AppState, texts: PanelTexts): Row | null {
  if (reach === null) return null;
  const { reach: said } = texts.setup;
  const { verdict, state } = judgeReach(reach, failure, appState.lastSignedAt);
  const code = reach.kind === "other" ? String(reach.status) : "code" in reach ? reach.code : "";
  const isUnencrypted = verdict === "reached" && (appState.publicAddress?.base.startsWith("http:") ?? false);
  const showsFailure = failure !== null && (verdict === "failed" || verdict === "failed_before");
  return {
    state,
    name: said.name,
    value: said.verdicts[verdict],
    note: (
      <>
        {isUnencrypted ? said.reachedPlainly : said.notes[verdict](code)}
        {showsFailure ? (
          <>
            {" "}
            {said.lastFailure} <Time at={failure.at} appState={appState} texts={texts} />.{" "}
            {errorText(errorOf(failure.code), texts.errors)}
          </>
        ) : null}
        {state === "attention" ? (
          <>
            {" "}
            <ConfigurationLink path={appState.configurationPath}>{texts.options.open}</ConfigurationLink>
          </>
        ) : null}
      </>
    ),
  };
}

/**
 * Makes the line about a fault of the public address that the app's own request to it has found, such as a redirect.
 * Such a fault also keeps Twilio from using the public address. Returns null if there is no such fault, or if a webhook
 * of Twilio has already arrived or failed.
 */
export function obstacleRow(checks: SetupChecks, appState: AppState, texts: PanelTexts): Row | null {
  if (checks.reach === null) return null;
  const { verdict } = judgeReach(checks.reach, checks.failure, appState.lastSignedAt);
  const isFault = verdict === "other" || verdict === "redirected" || verdict === "untrusted";
  return isFault ? reachRow(checks, appState, texts) : null;
}
