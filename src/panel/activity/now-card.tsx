import { maskNumber } from "../../domain/address/mask-number.ts";
import type { HistoryEntry, OpenCommand } from "../../domain/events/history.ts";
import type { RetryEvent } from "../../domain/events/retry-event.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { StateRow } from "../shell/state-row.tsx";
import { Time } from "../shell/time.tsx";
import { describeEvent } from "./describe-event.ts";
import { JournalRows } from "./journal-rows.tsx";
import { PollingRow } from "./polling-row.tsx";
import type { ActivityPorts } from "./ports.ts";

/** Lines shown of each list. */
const MOST_LINES = 10;

export interface NowCardProps {
  readonly ports: ActivityPorts["activity"];
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/**
 * The card about the present: events and requests that wait, were retried or were rejected, and the state of the
 * journal.
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
  return (
    <section class="card" aria-labelledby="now">
      <h2 id="now">{now.title}</h2>
      <dl id="now-list" data-live="">
        <Lines name={now.events} count={appState.waiting.events} shown={events.length}>
          {events.map((event) => eventLine(event, event.ageUnverified ? now.ageUnverified : null))}
        </Lines>
        <Lines name={now.commands} count={appState.waiting.commands} shown={commands.length}>
          {commands.map((command) => (
            <CommandLine command={command} />
          ))}
        </Lines>
        <Lines
          name={now.retried}
          count={retries.length}
          shown={Math.min(retries.length, MOST_LINES)}
          state="plain"
          note={now.sinceStart}
        >
          {retries.slice(0, MOST_LINES).map((retry) => (
            <RetryLine retry={retry} />
          ))}
        </Lines>
        <Lines name={now.refused} count={rejected.length} shown={rejected.length} state="attention">
          {rejected.map((event) => eventLine(event, maskNumber(event.reason ?? "")))}
        </Lines>
        <Lines
          name={now.missed}
          count={missed.length}
          shown={missed.length}
          state="plain"
          note={now.missedNote}
        >
          {missed.map((event) => eventLine(event, null))}
        </Lines>
        {polling === null ? null : <PollingRow {...{ polling, appState, texts }} />}
        <RefusedRow />
        <JournalRows lost={ports.lost} lastCopy={ports.lastCopy()} appState={appState} texts={texts} />
      </dl>
    </section>
  );

  function Lines({
    name,
    count,
    shown,
    state = "waiting",
    note,
    children,
  }: {
    readonly name: string;
    readonly count: number;
    readonly shown: number;
    readonly state?: "waiting" | "attention" | "plain";
    readonly note?: string;
    readonly children?: unknown;
  }) {
    if (count === 0) return <StateRow texts={texts} state="good" name={name} value={now.nothing} />;
    const lines = (
      <>
        <ul class="lines">{children}</ul>
        {count > shown && shown > 0 ? <p class="note">{now.more(count - shown)}</p> : null}
      </>
    );
    return (
      <StateRow
        texts={texts}
        state={state}
        name={name}
        value={shown === 0 ? String(count) : lines}
        {...(note === undefined ? {} : { note })}
      />
    );
  }

  function eventLine(event: HistoryEntry, why: string | null) {
    return (
      <li>
        {describeEvent(event, texts.activity.history, contactOf).sentence}
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
            {contactOf(to) ?? maskNumber(to)}: {now.steps[state]}
          </p>
        ))}
      </li>
    );
  }

  function RetryLine({ retry }: { readonly retry: RetryEvent }) {
    const { at, origin, to, how, why } = retry;
    return (
      <li>
        {now.retriedHow[how]} {contactOf(to) ?? maskNumber(to)} ({origin})
        <p class="note">
          <Time at={at} appState={appState} texts={texts} />
          {why === null ? null : <span lang="en"> · {maskNumber(why)}</span>}
        </p>
      </li>
    );
  }

  function RefusedRow() {
    const { count, last } = ports.refused();
    if (last === null) {
      return <StateRow texts={texts} state="good" name={now.webhooks} value={now.nothing} />;
    }
    // A valid webhook since then shows that the options are correct.
    const needsAttention = last.why === "wrong_signature" && (appState.lastSignedAt ?? 0) < last.at;
    const state = needsAttention ? "attention" : "plain";
    const value = (
      <>
        {now.webhooksRefused(count)}, {now.last} <Time at={last.at} appState={appState} texts={texts} />
      </>
    );
    return (
      <StateRow
        texts={texts}
        state={state}
        name={now.webhooks}
        value={value}
        note={now.webhooksWhy[last.why]}
      />
    );
  }
}
