import { isLiveCall, wasNotMade } from "../alarm-try.ts";
import type { AlarmTry, NewTry } from "../alarm-try.ts";
import { hasEnded, peopleInOrder, presentRevision } from "../alarm.ts";
import type { Alarm, AlarmChannel, AlarmEnd, AlarmPerson } from "../alarm.ts";
import { endMessages } from "./end-messages.ts";
import { nextOfTaken } from "./next-of-taken.ts";
import { turnOf } from "./turn.ts";
import type { Turn } from "./turn.ts";

/**
 * The next action of an alarm. `reopen`: the alarm is open again, because a reminder was not confirmed. `until`: when
 * to check again, in milliseconds since 1970; null if time alone changes nothing.
 */
export type NextStep =
  | { readonly kind: "try"; readonly tries: readonly NewTry[] }
  | { readonly kind: "wait"; readonly until: number | null }
  | { readonly kind: "reopen" }
  | { readonly kind: "end"; readonly state: AlarmEnd };

/** If all people are still on the phone when a round begins, the app checks again after this time, in milliseconds. */
const EVERYBODY_BUSY_MS = 5_000;
/**
 * If the limits for each phone number prevented all tries of a round, the pause after this round has at least this
 * length, in milliseconds.
 */
const HELD_BACK_PAUSE_MS = 60_000;

/**
 * Decides what an alarm does next: which people to call or write to, or how long to wait. The result depends only on
 * the arguments. So after a restart, the app goes on with the stored alarm.
 *
 * @param now the present time in milliseconds since 1970
 */
export function next(alarm: Alarm, tries: readonly AlarmTry[], now: number): NextStep {
  if (hasEnded(alarm)) {
    const messages = endMessages(alarm, tries);
    return messages.length > 0 ? { kind: "try", tries: messages } : { kind: "wait", until: null };
  }
  if (alarm.taken !== null) return nextOfTaken(alarm, alarm.taken, tries, now);
  return nextOfOpen(alarm, tries, now);
}

function nextOfOpen(alarm: Alarm, tries: readonly AlarmTry[], now: number): NextStep {
  const { fromRound, revision } = presentRevision(alarm);
  const asked = tries.filter(({ purpose, round }) => purpose === "ask" && round >= fromRound);
  const round = alarm.limitedRound ?? Math.max(fromRound, ...asked.map((made) => made.round));
  const isLimited = alarm.limitedRound !== null;
  const inRound = asked.filter((made) => made.round === round);
  const people = isLimited ? limitedPeople(alarm) : peopleInOrder(alarm);
  const turns = people.map((person) => ({
    person,
    hasBegun: inRound.some((made) => made.person === person.position),
    turn: turnOfPerson(alarm, person, { inRound, tries, now }),
  }));
  if (now >= alarm.giveUpAt) return lastTurns(turns);
  const isOneByOne = alarm.terms.order === "one_by_one" && !isLimited;
  const reached = isOneByOne ? reachedTurns(turns) : turns;
  const due = reached.flatMap(({ person, turn }) => triesOf(person, turn));
  if (due.length > 0)
    return { kind: "try", tries: due.map((made) => ({ ...made, round, revision, purpose: "ask" })) };
  const times = reached
    .map(({ turn }) => (turn.kind === "wait" ? turn.until : null))
    .filter((at) => at !== null);
  if (times.length > 0) return { kind: "wait", until: Math.min(...times) };
  if (isLimited) return { kind: "end", state: "blocked" };
  const overAt = Math.max(...reached.map(({ turn }) => (turn.kind === "over" ? turn.at : 0)));
  const { rounds, pauseSeconds } = alarm.terms;
  if (rounds !== null && usedRounds(asked) >= rounds) return { kind: "end", state: "unanswered" };
  const wasHeldBack = inRound.every(({ outcome }) => outcome === "held_back");
  const pauseMs = Math.max(pauseSeconds * 1_000, wasHeldBack ? HELD_BACK_PAUSE_MS : 0);
  const pauseEnds = Math.min(overAt + pauseMs, alarm.pauseEndsBy ?? Infinity);
  if (now < pauseEnds) return { kind: "wait", until: Math.min(pauseEnds, alarm.giveUpAt) };
  return firstOfRound(alarm, tries, round + 1, now);
}

/**
 * After `giveUpAt`, the app asks nobody any more. The alarm ends when no turn that has begun in this round has to wait
 * any longer.
 */
function lastTurns(turns: readonly { readonly hasBegun: boolean; readonly turn: Turn }[]): NextStep {
  const times = turns.flatMap(({ hasBegun, turn }) => (hasBegun && turn.kind === "wait" ? [turn.until] : []));
  return times.length === 0
    ? { kind: "end", state: "unanswered" }
    : { kind: "wait", until: Math.min(...times) };
}

/**
 * Begins a round, in which the app tries to reach each person. If a person is still on the phone, the person gets only
 * texts, and is called afterwards.
 */
function firstOfRound(alarm: Alarm, tries: readonly AlarmTry[], round: number, now: number): NextStep {
  const { revision } = presentRevision(alarm);
  const turns = peopleInOrder(alarm).map((person) => ({
    person,
    hasBegun: false,
    turn: turnOfPerson(alarm, person, { inRound: [], tries, now }),
  }));
  const reached = alarm.terms.order === "one_by_one" ? reachedTurns(turns) : turns;
  const due = reached.flatMap(({ person, turn }) => triesOf(person, turn));
  if (due.length > 0)
    return { kind: "try", tries: due.map((made) => ({ ...made, round, revision, purpose: "ask" })) };
  const until = reached.map(({ turn }) => (turn.kind === "wait" ? turn.until : now + EVERYBODY_BUSY_MS));
  return { kind: "wait", until: Math.min(...until) };
}

interface InRound {
  readonly inRound: readonly AlarmTry[];
  readonly tries: readonly AlarmTry[];
  readonly now: number;
}

function turnOfPerson(alarm: Alarm, person: AlarmPerson, { inRound, tries, now }: InRound): Turn {
  const own = inRound.filter((made) => made.person === person.position);
  const all = tries.filter((made) => made.person === person.position);
  const live = all.filter(isLiveCall);
  // The call can be one of an earlier round, or the person called the app before being asked in this round.
  const beganAt = Math.min(...inRound.map(({ at }) => at));
  const passedAt = Math.max(...all.map((made) => made.passedAt ?? -Infinity));
  // If the daily limit is used up, the app calls one person, one time. This person is called even after passing on the
  // alarm, because nobody else is called then.
  if (passedAt > beganAt && alarm.limitedRound === null) return { kind: "over", at: passedAt };
  const calls = alarm.limitedRound === null ? alarm.terms.calls : 1;
  const { ringSeconds, waitSeconds } = alarm.terms;
  return turnOf(person, { calls, ringSeconds, waitSeconds }, own, live, now);
}

/**
 * Finds the person whose turn it is: the person whose turn began last or, if this turn is over, the next person. Skips
 * a next person who can only be called, if an earlier call to this person lasts longer than expected.
 */
function reachedTurns<Of extends { readonly hasBegun: boolean; readonly turn: Turn }>(
  turns: readonly Of[],
): Of[] {
  const last = turns.findLastIndex(({ hasBegun }) => hasBegun);
  const current = turns[last];
  if (current !== undefined && current.turn.kind !== "over") return [current];
  const following = turns.slice(last + 1).find(({ turn }) => turn.kind !== "over");
  if (following !== undefined) return [following];
  return current === undefined ? [...turns] : [current];
}

function triesOf({ position }: AlarmPerson, turn: Turn): { person: number; channel: AlarmChannel }[] {
  return turn.kind === "try" ? turn.channels.map((channel) => ({ person: position, channel })) : [];
}

/**
 * The people with the channels that remain when the daily limit is used up. Everybody with the channel `push` gets a
 * push. The first person with the channel `call` also gets a call. If nobody has this channel, the first person gets
 * the call.
 */
function limitedPeople(alarm: Alarm): AlarmPerson[] {
  const people = peopleInOrder(alarm);
  const called = people.find(({ channels }) => channels.includes("call")) ?? people[0];
  return people
    .map((person): AlarmPerson => {
      const pushes = person.channels.filter((channel) => channel === "push");
      return { ...person, channels: person === called ? ["call", ...pushes] : pushes };
    })
    .filter(({ channels }) => channels.length > 0);
}

/**
 * The number of rounds that count towards `rounds`. A round counts if Twilio or Home Assistant has accepted or refused
 * at least one of its calls, texts and pushes. If Twilio only refused the credentials, the round does not count.
 */
function usedRounds(asked: readonly AlarmTry[]): number {
  const counted = asked.filter((made) => !wasNotMade(made) && !isUndecided(made));
  return new Set(counted.map(({ round }) => round)).size;
}

/**
 * Whether the app does not know yet if Twilio has accepted the call or text. After a crash, the app asks Twilio about
 * it.
 */
function isUndecided({ outcome, acceptedAt }: AlarmTry): boolean {
  return outcome === null && acceptedAt === null;
}
