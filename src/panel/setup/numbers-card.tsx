import type { ListAnswer } from "../../domain/list-answer.ts";
import type { PollingState } from "../../inbound/polling/poll-messages.ts";
import { numberState } from "../../setup/number-webhooks.ts";
import type { NumberUse, NumberWebhooks } from "../../setup/number-webhooks.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { ConsoleLink } from "../shell/outside-links.tsx";
import { pageAddress } from "../shell/page-address.ts";
import type { RowState } from "../shell/state-row.tsx";
import { StateRow } from "../shell/state-row.tsx";
import { NumberPollingNote, everyText, pollingOf } from "./number-polling.tsx";

export interface NumbersCardProps {
  readonly numbers: ListAnswer<NumberWebhooks>;
  readonly appState: AppState;
  /** The state of polling (reading messages from Twilio's list); null if the app does not poll. */
  readonly polling: PollingState | null;
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

/** Shows each number of the account, and where its messages and calls go. */
export function NumbersCard({ numbers, appState, polling, changeToken, texts }: NumbersCardProps) {
  const { numbers: said } = texts.setup;
  const { bases } = appState;
  const canReceive = bases.length > 0;
  const items = numbers.kind === "listed" ? numbers.items : [];
  const isAnyOurs = items.some((number) => usesOf(number, bases).includes("ours"));
  return (
    <section id="numbers-card" class="card" aria-labelledby="numbers">
      <h2 id="numbers">{said.title}</h2>
      {items.length > 0 ? (
        <dl>
          {items.map((number) => (
            <NumberRow {...{ number, bases, canReceive, isAnyOurs, polling, changeToken, texts }} />
          ))}
          {sendersIn(polling).map((address) => (
            <SenderRow {...{ address, canReceive, polling, changeToken, texts }} />
          ))}
        </dl>
      ) : (
        <p>
          {numbers.kind === "listed" ? said.none : said[numbers.kind]}{" "}
          {numbers.kind === "listed" ? <ConsoleLink to="buyNumber" texts={texts} /> : null}
        </p>
      )}
    </section>
  );
}

function NumberRow({
  number,
  bases,
  canReceive,
  isAnyOurs,
  polling,
  changeToken,
  texts,
}: {
  readonly number: NumberWebhooks;
  readonly bases: readonly string[];
  readonly canReceive: boolean;
  readonly isAnyOurs: boolean;
  readonly polling: PollingState | null;
  readonly changeToken: string;
  readonly texts: PanelTexts;
}) {
  const { numbers: said } = texts.setup;
  const { messages, calls } = numberState(number, bases);
  const polled = pollingOf(polling, number.number);
  const isRead = polled?.isPolled === true;
  const state = stateOf(usesOf(number, bases), isAnyOurs || isRead);
  const notes = [
    ...(number.service === null ? [] : [said.service(number.service)]),
    ...(number.hasTrunk ? [said.trunk] : []),
  ];
  return (
    <StateRow
      texts={texts}
      state={state}
      name={number.number}
      value={
        <>
          {messages === "unable" ? null : (
            <span class="use">
              {said.messages}{" "}
              {isRead && messages !== "ours" && polled !== null
                ? texts.polling.messages(everyText(polled, texts.polling))
                : said.uses[messages]}
            </span>
          )}
          {calls === "unable" ? null : (
            <span class="use">
              {said.calls} {said.uses[calls]}
            </span>
          )}
          {messages === "unable" && calls === "unable" ? said.capabilities(false, false) : null}
        </>
      }
      note={
        <>
          {notes.join(" ")} {notes.length === 0 ? null : <ConsoleLink texts={texts} />}{" "}
          <a class={state === "good" ? "" : "action"} href={pageAddress("number", { sid: number.sid })}>
            {state === "good" ? said.view : said.setUp}
            <span class="unseen"> {number.number}</span>
          </a>{" "}
          <NumberPollingNote address={number.number} {...{ canReceive, polling, changeToken, texts }} />
        </>
      }
    />
  );
}

interface SenderRowProps {
  readonly address: string;
  readonly canReceive: boolean;
  readonly polling: PollingState | null;
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

/**
 * Shows a sender of WhatsApp or RCS. Its webhook is entered on another page at Twilio, so the line has no link to
 * settings.
 */
function SenderRow({ address, canReceive, polling, changeToken, texts }: SenderRowProps) {
  const polled = pollingOf(polling, address);
  const value =
    polled?.isPolled === true
      ? `${texts.setup.numbers.messages} ${texts.polling.messages(everyText(polled, texts.polling))}`
      : texts.polling.senders;
  const note = <NumberPollingNote {...{ address, canReceive, polling, changeToken, texts }} />;
  return <StateRow texts={texts} state="plain" name={address} value={value} note={note} />;
}

function sendersIn(polling: PollingState | null): string[] {
  return (polling?.numbers ?? []).flatMap(({ number }) => (number.isSender ? [number.address] : []));
}

/** Whether the app polls the messages of at least one number. */
export function isAnyPolled(polling: PollingState | null): boolean {
  return polling?.numbers.some(({ isPolled }) => isPolled) === true;
}

/** Whether the account has numbers, but none of them is set up for this app and the app polls none of them. */
export function hasNoNumberSetUp(
  numbers: ListAnswer<NumberWebhooks>,
  bases: readonly string[],
  polling: PollingState | null,
): boolean {
  if (numbers.kind !== "listed" || isAnyPolled(polling)) return false;
  return (
    numbers.items.some((number) => stateOf(usesOf(number, bases), false) === "attention") &&
    !numbers.items.some((number) => usesOf(number, bases).includes("ours"))
  );
}

/** Whether all messages and calls of at least one number go to this app. */
export function isAnySetUp(numbers: ListAnswer<NumberWebhooks>, bases: readonly string[]): boolean {
  return (
    numbers.kind === "listed" &&
    numbers.items.some((number) => stateOf(usesOf(number, bases), false) === "good")
  );
}

function usesOf(number: NumberWebhooks, bases: readonly string[]): NumberUse[] {
  const { messages, calls } = numberState(number, bases);
  return [messages, calls];
}

/**
 * Chooses the icon of a number's line. If one number goes to this app, the others may have another purpose and need no
 * attention.
 */
function stateOf(uses: readonly NumberUse[], isAnyOurs: boolean): RowState {
  const able = uses.filter((use) => use !== "unable");
  if (able.length === 0) return "plain";
  if (able.every((use) => use === "ours")) return "good";
  return isAnyOurs ? "plain" : "attention";
}
