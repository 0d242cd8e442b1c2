import { hasEnded, presentRevision } from "../alarm.ts";
import type { Alarm, AlarmPerson, AlarmTerms } from "../alarm.ts";
import { mayTellOwner } from "../engine/next-of-taken.ts";
import { roundMs } from "../engine/round-time.ts";
import { textChannel } from "../engine/text-channel.ts";
import { draftOf, withAlarm, withEvent } from "./change.ts";
import type { AlarmContext, Draft, StoredAlarm } from "./change.ts";
import { newSecrets } from "./secrets.ts";
import { addTries, renewSecrets } from "./settle.ts";
import type { SettleOptions } from "./settle.ts";

/**
 * If an alarm starts again within this time after its end, in milliseconds, the app first calls the person who took it.
 */
const ASKED_FIRST_MS = 24 * 3_600_000;
/**
 * A start counts as delayed if the app receives it more than this after `firedAt`, in milliseconds. The script cuts
 * `fired_at` to whole seconds, so a shorter difference need not be a delay.
 */
const DELAYED_MS = 2_000;

/**
 * A person as the contacts and options describe them at the start of an alarm, without the fields that the alarm adds.
 */
export type NewPerson = Pick<
  AlarmPerson,
  "name" | "contact" | "channels" | "number" | "sender" | "push" | "pin"
>;

/** The start of an alarm that an automation or a user requested. The app has checked all its fields. */
export interface AlarmStart {
  readonly name: string;
  readonly message: string;
  readonly people: readonly NewPerson[];
  readonly terms: AlarmTerms;
  /** When the automation first requested the start, in milliseconds since 1970. */
  readonly firedAt: number;
}

/**
 * The result of starting an alarm.
 *
 * - `started`: a new alarm has begun
 * - `joined`: an open alarm already has the same message, and continues
 * - `revised`: the open alarm got another message, or an alarm that was taken more than `quiet_seconds` ago is open
 *   again
 * - `repeated`: somebody took the alarm less than `quiet_seconds` ago, and the app tells only this person about the new
 *   start
 */
export type StartOutcome = "started" | "joined" | "revised" | "repeated";

/**
 * Makes a new alarm.
 *
 * @param earlier the last alarm with this name, which has ended; null for none
 * @param repliesUntil the position of the newest event in the event log; older messages are no replies to this alarm
 */
export function newAlarm(
  start: AlarmStart,
  earlier: Alarm | null,
  repliesUntil: number,
  context: AlarmContext,
): Draft {
  const { now, chance } = context;
  const people = start.people.map((person, position): AlarmPerson => ({
    ...person,
    position,
    ...newSecrets(chance),
    wrongCodes: 0,
    wasSentCode: false,
    knowsOwner: false,
  }));
  const validUntil = start.firedAt + start.terms.giveUpSeconds * 1_000;
  const alarm: Alarm = {
    id: chance.uuid(),
    name: start.name,
    state: "open",
    terms: start.terms,
    people,
    revisions: [{ revision: 1, message: start.message, at: now, fromRound: 1 }],
    firstPerson: earlier === null ? 0 : lastOwner(earlier, people, now),
    startedAt: now,
    ...timeToAsk(validUntil, { terms: start.terms, people }, start, now),
    pauseEndsBy: null,
    limitedRound: null,
    taken: null,
    repeatedAt: null,
    endedAt: null,
    repliesUntil,
  };
  return withEvent(draftOf({ alarm, tries: [] }), "started", context);
}

/**
 * When an alarm gives up after a start that makes the app ask people. A delayed start may leave too little time, for
 * example because the app was down or Home Assistant's clock is wrong. In this case, the alarm lasts at least one round,
 * so that the app tries to reach each person.
 *
 * @param validUntil when the alarm gives up if the start is not delayed, in milliseconds since 1970
 */
function timeToAsk(
  validUntil: number,
  alarm: Pick<Alarm, "terms" | "people">,
  { firedAt }: Pick<AlarmStart, "firedAt">,
  now: number,
): Pick<Alarm, "giveUpAt" | "isExtended"> {
  const isDelayed = now - firedAt > DELAYED_MS;
  const giveUpAt = isDelayed ? Math.max(validUntil, now + roundMs(alarm)) : validUntil;
  return { giveUpAt, isExtended: giveUpAt > validUntil };
}

/**
 * The position, in the new alarm, of the person who took the earlier alarm. 0 (the first person) if the new alarm does
 * not call this person. Also 0 if nobody took the earlier alarm, or if it ended more than a day ago.
 */
function lastOwner({ taken, people, endedAt }: Alarm, now: readonly AlarmPerson[], at: number): number {
  if (taken === null || endedAt === null || at - endedAt > ASKED_FIRST_MS) return 0;
  const owner = people.find(({ position }) => position === taken.person);
  return now.find(({ number }) => number === owner?.number)?.position ?? 0;
}

/** Applies a start to an alarm with the same name that has not ended. */
export function joinAlarm(
  stored: StoredAlarm,
  start: AlarmStart,
  context: SettleOptions,
): { readonly outcome: StartOutcome; readonly draft: Draft } {
  const { alarm } = stored;
  const draft = draftOf(stored);
  const isEqual = presentRevision(alarm).message === start.message;
  if (hasEnded(alarm)) return { outcome: "joined", draft };
  if (alarm.taken === null)
    return isEqual
      ? { outcome: "joined", draft: withAlarm(draft, { giveUpAt: laterGiveUpAt(alarm, start) }) }
      : { outcome: "revised", draft: revise(draft, start, context) };
  const isQuiet = context.now < alarm.taken.at + alarm.terms.quietSeconds * 1_000;
  if (isQuiet) return { outcome: "repeated", draft: repeat(draft, start, context) };
  const firstPerson = alarm.taken.person ?? alarm.firstPerson;
  const open = withAlarm(draft, { state: "open", taken: null, firstPerson });
  return { outcome: "revised", draft: revise(open, start, context) };
}

/**
 * When the app gives up an open alarm after another start, in milliseconds since 1970. Each start extends the alarm:
 * the app gives up `give_up_after` after the last start.
 */
function laterGiveUpAt({ giveUpAt: before, terms }: Alarm, { firedAt }: AlarmStart): number {
  return Math.max(before, firedAt + terms.giveUpSeconds * 1_000);
}

/** Gives the alarm another message. Each person gets a new code and is asked again. */
function revise(draft: Draft, start: AlarmStart, context: AlarmContext): Draft {
  const { alarm, tries } = draft;
  const { message } = start;
  const present = presentRevision(alarm);
  const fromRound = Math.max(present.fromRound, ...tries.map(({ round }) => round + 1));
  const time = timeToAsk(laterGiveUpAt(alarm, start), alarm, start, context.now);
  const revised = withAlarm(renewSecrets(draft, context), {
    revisions: [...alarm.revisions, { revision: present.revision + 1, message, at: context.now, fromRound }],
    giveUpAt: time.giveUpAt,
    isExtended: alarm.isExtended || time.isExtended,
    limitedRound: null,
    pauseEndsBy: null,
  });
  return withEvent(revised, "started", context, { round: fromRound });
}

/**
 * Handles a start of an alarm that somebody has taken. Only this person gets a text about the start, at most one a
 * minute. If the start has another message and comes too soon, the person gets the message later (see `nextOfTaken`).
 */
function repeat(draft: Draft, { message }: AlarmStart, context: SettleOptions): Draft {
  const { alarm, tries } = draft;
  const { now } = context;
  const present = presentRevision(alarm);
  const revisions =
    message === present.message
      ? alarm.revisions
      : [...alarm.revisions, { ...present, revision: present.revision + 1, message, at: now }];
  const changed = withAlarm(draft, { revisions });
  const reported = withEvent(changed, "repeated", context, { person: alarm.taken?.name ?? null });
  const owner = alarm.people.find(({ position }) => position === alarm.taken?.person);
  if (owner === undefined || !mayTellOwner(alarm, now)) return reported;
  const made = {
    person: owner.position,
    round: tries.at(-1)?.round ?? 1,
    revision: presentRevision(changed.alarm).revision,
    channel: textChannel(owner),
    purpose: "repeat" as const,
  };
  return addTries(reported, [made], context);
}
