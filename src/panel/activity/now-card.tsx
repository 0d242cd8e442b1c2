import type { Child } from "hono/jsx";

import type { HistoryEntry, OpenCommand } from "../../domain/events/history.ts";
import type { RetryEvent } from "../../domain/events/retry-event.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { Time } from "../shell/time.tsx";
import { describeEvent } from "./describe-event.ts";
import { journalRows } from "./journal-rows.tsx";
import { NowRows } from "./now-rows.tsx";
import type { NowRow } from "./now-rows.tsx";
import { pollingRow } from "./polling-row.tsx";
import type { ActivityPorts } from "./ports.ts";

/** How many items of each list the card shows. */
const MOST_LINES = 10;

export interface NowCardProps {
  readonly ports: ActivityPorts["activity"];
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/**
 * Shows the card *Now* of the page Activity. Its lines are events and requests that wait, were retried or were
 * rejected, and the state of the journal (the app's database).
 */
export function NowCard({ ports, appState, texts }: NowCardProps) {
  const { journal, contactOf } = ports;
  const { now } = texts.activity;
  const events = journal.waitingEvents(MOST_LINES);
  const commands = journal.openCommands(MOST_LINES);
  const rejected = journal.refusedOrMissed("refused", MOST_LINES);
  const missed = journal.refusedOrMissed("missed", MOST_LINES);
  const retries = ports.retries();
  const polling = ports.polling();
  const rows: NowRow[] = [
    listRow(now.refused, rejected.length, "attention", rejected, (event) =>
      eventLine(event, event.reason ?? ""),
    ),
    refusedRow(),
    ...journalRows({ lost: ports.lost, lastCopy: ports.lastCopy(), appState, texts }),
    listRow(now.events, appState.waiting.events, "waiting", events, (event) =>
      eventLine(event, event.ageUnverified ? now.ageUnverified : null),
    ),
    listRow(now.commands, appState.waiting.commands, "waiting", commands, (command) => (
      <CommandLine command={command} />
    )),
    ...(polling === null ? [] : [pollingRow({ polling, appState, texts })]),
    listRow(now.missed, missed.length, "plain", missed, (event) => eventLine(event, null), now.missedNote),
    listRow(
      now.retried,
      retries.count,
      "plain",
      retries.latest.slice(0, MOST_LINES),
      (retry) => <RetryLine retry={retry} />,
      now.sinceStart,
    ),
  ];
  return (
    <section class="card" aria-labelledby="now">
      <h2 id="now">{now.title}</h2>
      <dl id="now-list" data-live="">
        <NowRows rows={rows} texts={texts} />
      </dl>
    </section>
  );

  /**
   * Makes the line of a list, with its items. `count` may be greater than the number of items; then the line tells how
   * many are left out.
   */
  function listRow<Item>(
    name: string,
    count: number,
    state: "waiting" | "attention" | "plain",
    items: readonly Item[],
    line: (item: Item) => Child,
    note?: string,
  ): NowRow {
    if (count === 0) return { state: "good", name, value: now.nothing };
    const lines = (
      <>
        <ul class="lines">{items.map(line)}</ul>
        {count > items.length && items.length > 0 ? (
          <p class="note">{now.more(count - items.length)}</p>
        ) : null}
      </>
    );
    const value = items.length === 0 ? String(count) : lines;
    return { state, name, value, ...(note === undefined ? {} : { note }) };
  }

  function eventLine(event: HistoryEntry, why: string | null) {
    return (
      <li>
        {describeEvent(event, texts.activity.history, contactOf, texts.errors).sentence}
        <p class="note">
          <Time at={event.at} appState={appState} texts={texts} />
          {why === null || why === "" ? null : ` · ${why}`}
        </p>
      </li>
    );
  }

  function CommandLine({ command }: { readonly command: OpenCommand }) {
    const who = command.recipients.filter(({ state }) => state !== "done");
    return (
      <li>
        {now.commandNames[command.command]} ({command.origin}) {now.since}{" "}
        <Time at={command.since} appState={appState} texts={texts} />
        {who.map(({ to, state }) => (
          <p class="note">
            {contactOf(to) ?? to}: {now.steps[state]}
          </p>
        ))}
      </li>
    );
  }

  function RetryLine({ retry }: { readonly retry: RetryEvent }) {
    const { at, origin, to, how, why } = retry;
    return (
      <li>
        {now.retriedHow[how]} {contactOf(to) ?? to} ({origin})
        <p class="note">
          <Time at={at} appState={appState} texts={texts} />
          {why === null ? null : <span lang="en"> · {why}</span>}
        </p>
      </li>
    );
  }

  function refusedRow(): NowRow {
    const { count, last } = ports.refused();
    const name = now.webhooks;
    if (last === null) return { state: "good", name, value: now.nothing };
    // If a valid webhook has come after the last refused one, the options are correct now.
    const needsAttention = last.why === "wrong_signature" && (appState.lastSignedAt ?? 0) < last.at;
    const value = (
      <>
        {now.webhooksRefused(count)}, {now.last} <Time at={last.at} appState={appState} texts={texts} />
      </>
    );
    return { state: needsAttention ? "attention" : "plain", name, value, note: now.webhooksWhy[last.why] };
  }
}
