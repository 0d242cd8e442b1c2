import { maskNumber } from "../../domain/address/mask-number.ts";
import type { Happened, OpenCommand } from "../../domain/events/history.ts";
import type { TriedAgain } from "../../health/recent-retries.ts";
import type { PanelTexts } from "../../texts/types/panel.ts";
import type { PanelFacts } from "../shell/facts.ts";
import { StateRow } from "../shell/state-row.tsx";
import { Moment } from "../shell/time.tsx";
import { tellHappened } from "./describe-event.ts";
import { JournalRows } from "./journal-rows.tsx";
import type { ActivityParts } from "./ports.ts";

/** Lines of each list; the rest is counted or stands further down. */
const MOST_LINES = 10;

export interface NowCardProps {
  readonly parts: ActivityParts["activity"];
  readonly facts: PanelFacts;
  readonly texts: PanelTexts;
}

/** What has not got through, and what keeps the app from working as it should. */
export function NowCard({ parts, facts, texts }: NowCardProps) {
  const { journal, contactOf } = parts;
  const { now } = texts.activity;
  const events = journal.waitingEvents(MOST_LINES);
  const commands = journal.openCommands(MOST_LINES);
  const setAside = journal.told("refused", MOST_LINES);
  const missed = journal.told("missed", MOST_LINES);
  const retries = parts.retries();
  return (
    <section class="card" aria-labelledby="now">
      <h2 id="now">{now.title}</h2>
      <dl id="now-list" data-renew>
        <Lines name={now.events} count={facts.waiting.events} shown={events.length}>
          {events.map((event) => eventLine(event, event.isUnproven ? now.unproven : null))}
        </Lines>
        <Lines name={now.commands} count={facts.waiting.commands} shown={commands.length}>
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
        <Lines name={now.refused} count={setAside.length} shown={setAside.length} state="attention">
          {setAside.map((event) => eventLine(event, maskNumber(event.reason ?? "")))}
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
        <RefusedRow />
        <JournalRows lost={parts.lost} lastCopy={parts.lastCopy()} facts={facts} texts={texts} />
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

  function eventLine(event: Happened, why: string | null) {
    return (
      <li>
        {tellHappened(event, texts.activity.history, contactOf).sentence}
        <p class="note">
          <Moment at={event.at} facts={facts} texts={texts} />
          {why === null || why === "" ? null : ` · ${why}`}
        </p>
      </li>
    );
  }

  function CommandLine({ command }: { readonly command: OpenCommand }) {
    const who = command.recipients.filter(({ step }) => step !== "done");
    return (
      <li>
        {now.commandNames[command.command]} ({command.origin}) {now.since}{" "}
        <Moment at={command.since} facts={facts} texts={texts} />
        {who.map(({ to, step }) => (
          <p class="note">
            {contactOf(to) ?? maskNumber(to)}: {now.steps[step]}
          </p>
        ))}
      </li>
    );
  }

  function RetryLine({ retry }: { readonly retry: TriedAgain }) {
    const { at, origin, to, how, why } = retry;
    return (
      <li>
        {now.retriedHow[how]} {contactOf(to) ?? maskNumber(to)} ({origin})
        <p class="note">
          <Moment at={at} facts={facts} texts={texts} />
          {why === null ? null : <span lang="en"> · {maskNumber(why)}</span>}
        </p>
      </li>
    );
  }

  function RefusedRow() {
    const { count, last } = parts.refused();
    if (last === null) {
      return <StateRow texts={texts} state="good" name={now.webhooks} value={now.nothing} />;
    }
    // A valid one since shows that the options are right.
    const isWorrying = last.why === "wrong_signature" && (facts.lastSignedAt ?? 0) < last.at;
    const state = isWorrying ? "attention" : "plain";
    const value = (
      <>
        {now.webhooksRefused(count)}, {now.last} <Moment at={last.at} facts={facts} texts={texts} />
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
