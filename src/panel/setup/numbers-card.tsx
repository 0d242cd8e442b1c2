import type { ListAnswer } from "../../domain/list-answer.ts";
import { numberState } from "../../setup/number-webhooks.ts";
import type { NumberUse, NumberWebhooks } from "../../setup/number-webhooks.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { pageAddress } from "../shell/page-address.ts";
import type { RowState } from "../shell/state-row.tsx";
import { StateRow } from "../shell/state-row.tsx";

export interface NumbersCardProps {
  readonly numbers: ListAnswer<NumberWebhooks>;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Each number of the account, and who hears of what comes to it. */
export function NumbersCard({ numbers, appState, texts }: NumbersCardProps) {
  const { numbers: said } = texts.setup;
  const base = appState.publicAddress?.base ?? null;
  const items = numbers.kind === "listed" ? numbers.items : [];
  const isAnyOurs = items.some((number) => usesOf(number, base).includes("ours"));
  return (
    <section id="numbers-card" class="card" aria-labelledby="numbers">
      <h2 id="numbers">{said.title}</h2>
      {items.length > 0 ? (
        <dl>
          {items.map((number) => (
            <NumberRow number={number} base={base} isAnyOurs={isAnyOurs} texts={texts} />
          ))}
        </dl>
      ) : (
        <p>{numbers.kind === "listed" ? said.none : said[numbers.kind]}</p>
      )}
    </section>
  );
}

function NumberRow({
  number,
  base,
  isAnyOurs,
  texts,
}: {
  readonly number: NumberWebhooks;
  readonly base: string | null;
  readonly isAnyOurs: boolean;
  readonly texts: PanelTexts;
}) {
  const { numbers: said } = texts.setup;
  const { messages, calls } = numberState(number, base);
  const state = stateOf(usesOf(number, base), isAnyOurs);
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
              {said.messages} {said.uses[messages]}
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
          {notes.join(" ")}{" "}
          <a class={state === "good" ? "" : "action"} href={pageAddress("number", { sid: number.sid })}>
            {state === "good" ? said.view : said.setUp}
            <span class="unseen"> {number.number}</span>
          </a>
        </>
      }
    />
  );
}

/** Whether there are numbers and none of them is for this app. */
export function hasNoNumberSetUp(numbers: ListAnswer<NumberWebhooks>, base: string | null): boolean {
  if (numbers.kind !== "listed") return false;
  return (
    numbers.items.some((number) => stateOf(usesOf(number, base), false) === "attention") &&
    !numbers.items.some((number) => usesOf(number, base).includes("ours"))
  );
}

function usesOf(number: NumberWebhooks, base: string | null): NumberUse[] {
  const { messages, calls } = numberState(number, base);
  return [messages, calls];
}

/** A second number may well be for something else; one has to come here. */
function stateOf(uses: readonly NumberUse[], isAnyOurs: boolean): RowState {
  const able = uses.filter((use) => use !== "unable");
  if (able.length === 0) return "plain";
  if (able.every((use) => use === "ours")) return "good";
  return isAnyOurs ? "waiting" : "attention";
}
