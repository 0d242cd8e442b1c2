import type { AddressSource } from "../../inbound/address-evidence.ts";
import { notifyGroupYaml } from "../../outbound/notify/notify-group-yaml.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { CopyBlock } from "../shell/copy-field.tsx";
import type { StateRowProps } from "../shell/state-row.tsx";
import { Time } from "../shell/time.tsx";
import { DiscardAddress } from "./discard-address.tsx";
import type { NotifierState } from "./ports.ts";

type Row = Omit<StateRowProps, "texts">;

/** Makes the line about the connection with Home Assistant. */
export function homeAssistantRow({ homeAssistant }: AppState, { status }: PanelTexts): Row {
  const name = status.homeAssistant;
  return homeAssistant.connected
    ? { state: "good", name, value: status.connected(homeAssistant.version ?? "") }
    : { state: "waiting", name, value: status.notConnected, note: status.notConnectedNote };
}

export interface AddressRowOptions {
  /** Whether the app polls messages. Polling needs no public address, so a missing one is no problem. */
  readonly isPolled: boolean;
  readonly changeToken: string;
}

/** Makes the line about the public address and where it comes from. */
export function addressRow(
  { publicAddress, optionProblems }: AppState,
  { isPolled, changeToken }: AddressRowOptions,
  texts: PanelTexts,
): Row {
  const { status, links, options } = texts;
  const name = status.address;
  if (publicAddress === null && optionProblems.refused.includes("public_url"))
    return { state: "attention", name, value: options.addressRefused, note: options.addressRefusedNote };
  if (publicAddress === null) {
    const note = (
      <>
        {status.addressUnknownNote} {isPolled ? null : <a href="relay">{links.relay}</a>}
      </>
    );
    return { state: isPolled ? "open" : "attention", name, value: status.addressUnknown, note };
  }
  const { base: value, source } = publicAddress;
  const note = (
    <>
      {SOURCES[source](status)} <DiscardAddress {...{ publicAddress, changeToken, texts }} />
    </>
  );
  return { state: source === "provisional" ? "waiting" : "good", name, value, note };
}

/** Describes where the public address comes from. */
const SOURCES: Readonly<Record<AddressSource, (status: PanelTexts["status"]) => string>> = {
  configured: (status) => status.addressConfigured,
  learnt: (status) => status.addressLearnt,
  relay: (status) => status.addressRelay,
  provisional: (status) => status.addressProvisional,
};

/** Makes the line about the last webhook with a valid signature. */
export function signatureRow(appState: AppState, texts: PanelTexts): Row {
  const { status } = texts;
  const name = status.lastWebhook;
  const { lastSignedAt, startedAt } = appState;
  if (lastSignedAt === null) {
    const note = (
      <>
        {status.sinceStart} <Time at={startedAt} appState={appState} texts={texts} />
      </>
    );
    return { state: "open", name, value: status.noWebhook, note };
  }
  const value = <Time at={lastSignedAt} appState={appState} texts={texts} />;
  return { state: "good", name, value, note: status.validSignature };
}

/**
 * Makes the line about a notifier. If the notifier does not work, the line contains the YAML for configuration.yaml
 * that the notifier needs.
 */
export function notifierRow({ name, type, isPaused, isMissing }: NotifierState, texts: PanelTexts): Row {
  const { notifier } = texts.setup;
  const action = `notify.${name}`;
  if (isPaused) {
    const note = groupNote(name, notifier.pausedNote(`twilio_${type}`), notifier.pausedThen, texts);
    return { state: "attention", name: action, value: notifier.paused, note };
  }
  if (isMissing === true) {
    const note = groupNote(name, notifier.missingNote, notifier.missingThen, texts);
    return { state: "attention", name: action, value: notifier.missing, note };
  }
  return isMissing === null
    ? { state: "open", name: action, value: notifier.unknown, note: notifier.unknownNote }
    : { state: "good", name: action, value: notifier.ready[type] };
}

/** Shows the YAML for configuration.yaml that creates a notifier's action, with the texts before and after it. */
function groupNote(name: string, before: string, after: string, texts: PanelTexts): Row["note"] {
  const { yaml } = texts.setup.notifier;
  return (
    <>
      {before}
      <CopyBlock texts={texts} id={`notify-${name}`} label={yaml} text={notifyGroupYaml([name])} />
      {after}
    </>
  );
}

/** Makes the line about events and requests that wait. */
export function waitingRow({ waiting }: AppState, { status }: PanelTexts): Row {
  const waits = [
    ...(waiting.events === 0 ? [] : [status.eventsWait(waiting.events)]),
    ...(waiting.commands === 0 ? [] : [status.commandsWait(waiting.commands)]),
  ];
  const isEmpty = waits.length === 0;
  return {
    state: isEmpty ? "good" : "waiting",
    name: status.waiting,
    value: isEmpty ? status.nothingWaits : waits.join(", "),
  };
}

/**
 * Writes a webhook URL in a form that people recognise. Leaves out a user name, a password and the query, which may be
 * secret.
 */
export function displayAddress(address: string): string {
  if (!URL.canParse(address)) return address === "" ? "" : "…";
  const url = new URL(address);
  return `${url.origin === "null" ? `${url.protocol}//` : url.origin}${url.pathname}${url.search === "" ? "" : "?…"}${url.hash}`;
}
