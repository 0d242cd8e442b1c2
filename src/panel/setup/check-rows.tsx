import { errorOf } from "../../domain/reported-error.ts";
import type { AccountCheck, ScriptsCheck, SetupChecks } from "../../setup/checks.ts";
import { judgeReach } from "../../setup/judge-reach.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import type { StateRowProps } from "../shell/state-row.tsx";
import { Time } from "../shell/time.tsx";

type Row = Omit<StateRowProps, "texts">;

/** Twilio's account, as far as Twilio tells. */
export function accountRow(account: AccountCheck, { accountSid }: AppState, texts: PanelTexts): Row {
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
          </>
        ),
      };
    }
    case "hidden":
      return { state: "good", name, value: said.hidden, note: said.hiddenNote };
    case "refused":
      return { state: "attention", name, value: said.refused, note: said.refusedNote };
    case "away":
      return { state: "waiting", name, value: said.away, note: said.awayNote };
  }
}

/** Whether automations have the app's actions. */
export function scriptsRow(scripts: ScriptsCheck, texts: PanelTexts): Row {
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
        note: said.missingNote,
      };
    case "unknown":
      return { state: "waiting", name, value: said.unknown, note: said.unknownNote };
  }
}

/** Core's own integration gets what comes to a number as long as its address stands there. */
export function coreEntryRow({ polling: { coreEntry } }: PanelTexts): Row {
  return { state: "waiting", name: coreEntry.name, value: coreEntry.enabled, note: coreEntry.note };
}

/** Whether the public address leads here; null while there is none, which is said elsewhere. */
export function reachRow({ reach, failure }: SetupChecks, facts: AppState, texts: PanelTexts): Row | null {
  if (reach === null) return null;
  const { reach: said } = texts.setup;
  const { verdict, state } = judgeReach(reach, failure, facts.lastSignedAt);
  const code = reach.kind === "other" ? String(reach.status) : "code" in reach ? reach.code : "";
  const isPlain = verdict === "reached" && (facts.publicAddress?.base.startsWith("http:") ?? false);
  const isAbout = failure !== null && (verdict === "failed" || verdict === "failed_before");
  return {
    state,
    name: said.name,
    value: said.verdicts[verdict],
    note: (
      <>
        {isPlain ? said.reachedPlainly : said.notes[verdict](code)}
        {isAbout ? (
          <>
            {" "}
            {said.lastFailure} <Time at={failure.at} appState={facts} texts={texts} />.{" "}
            {errorOf(failure.code).message}
          </>
        ) : null}
      </>
    ),
  };
}

/** What makes entering the public address at Twilio of no use, as far as is known; null for nothing. */
export function obstacleRow(checks: SetupChecks, facts: AppState, texts: PanelTexts): Row | null {
  if (checks.reach === null) return null;
  const { verdict } = judgeReach(checks.reach, checks.failure, facts.lastSignedAt);
  const isInTheWay = verdict === "other" || verdict === "redirected" || verdict === "untrusted";
  return isInTheWay ? reachRow(checks, facts, texts) : null;
}
