import type { History } from "../model/history.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import { FINAL_CALL_STATUSES } from "./final-call-statuses.ts";
import type { ObservedAlarm } from "./observed-alarms.ts";
import { commonSpan } from "./spans.ts";
import type { Span } from "./spans.ts";

/** How long a restarted app takes to look up what is in doubt, in milliseconds. */
const RECOVERS_MS = 20_000;
/** How long the app takes to act after a hindrance is over, in milliseconds. */
const ACTS_WITHIN_MS = 5_000;
/** How late the app learns of the end of a call whose status is lost, in milliseconds. */
const LEARNS_WITHIN_MS = 15_000;

/** The times at which the app could not act: it was down or recovered, its disk was full, or its clock was set. */
export function appHindrances({ lives, fullDisk, clockChanges }: History, now: number): Span[] {
  const down = lives.map(({ startedAt }, index) => ({
    from: lives[index - 1]?.endedAt ?? startedAt,
    to: startedAt + (index === 0 ? 0 : RECOVERS_MS),
  }));
  const full = fullDisk.map(({ from, to }) => ({ from, to: Math.min(to, now) + ACTS_WITHIN_MS }));
  const set = clockChanges.map(({ at }) => ({ from: at, to: at + ACTS_WITHIN_MS }));
  return [...down, ...full, ...set];
}

/** The times at which all people of an alarm were on a call of the alarm, so that nobody else could be called. */
export function everybodyOnTheLine({ payload, name }: ObservedAlarm, history: History, now: number): Span[] {
  const ofPeople = payload.people.map((person) => {
    const number = ALARM_CONTACTS.find((contact) => contact.name === person)?.number;
    const { items, statuses } = history.alarms;
    return items
      .filter((item) => item.kind === "call" && item.name === name && item.to === number)
      .map(({ sid, at }): Span => {
        const end = statuses.find((one) => one.sid === sid && FINAL_CALL_STATUSES.has(one.status));
        return { from: at, to: (end?.at ?? now) + LEARNS_WITHIN_MS };
      });
  });
  const [first = [], ...others] = ofPeople;
  return others.reduce(
    (common, spans) => common.flatMap((one) => spans.flatMap((other) => commonSpan(one, other))),
    first,
  );
}
