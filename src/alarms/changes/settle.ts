import { tryCommand } from "../alarm-request.ts";
import type { AlarmTry, NewTry } from "../alarm-try.ts";
import { presentRevision } from "../alarm.ts";
import type { AlarmEnd } from "../alarm.ts";
import { isHeldBack } from "../engine/call-floor.ts";
import { next } from "../engine/next.ts";
import type { AlarmChange, AlarmContext, Draft } from "./change.ts";
import { withAlarm, withEvent } from "./change.ts";
import { newSecrets } from "./secrets.ts";

/**
 * One change of an alarm has at most this many steps. If more steps are due, the next change follows one second later.
 */
const MOST_STEPS = 50;

/** The time, the journal's data and the settings that a change of an alarm uses. */
export interface SettleOptions extends AlarmContext {
  /** The SID of the content template for WhatsApp; null to send free text. */
  readonly whatsappTemplate: string | null;
}

/** Completes a change: adds the next steps of the alarm, such as calls and texts, until the alarm has to wait. */
export function settle(draft: Draft, context: SettleOptions): AlarmChange {
  let current = draft;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const following = next(current.alarm, current.tries, context.now);
    switch (following.kind) {
      case "wait":
        return { ...current, until: following.until };
      case "try":
        current = allowedTries(current, following.tries, context);
        break;
      case "reopen":
        current = reopen(current, context);
        break;
      case "end":
        current = end(current, following.state, context);
        break;
    }
  }
  return { ...current, until: context.now + 1_000 };
}

/** Ends an alarm and adds the event that reports its end. */
export function end(draft: Draft, state: AlarmEnd, context: AlarmContext): Draft {
  const { taken, people } = draft.alarm;
  const ended = withAlarm(draft, { state, endedAt: context.now });
  const person = taken?.name ?? people.find(({ position }) => position === taken?.person)?.name ?? null;
  return withEvent(ended, state, context, { person });
}

/** Opens the alarm again, because the person who took it did not confirm the reminder. */
function reopen(draft: Draft, context: AlarmContext): Draft {
  const { taken, revisions, terms } = draft.alarm;
  const present = presentRevision(draft.alarm);
  const fromRound = Math.max(present.fromRound, ...draft.tries.map(({ round }) => round)) + 1;
  // A message that came while the alarm was taken went only to the person who took it. The others got an older one.
  const isNews = !draft.tries.some((made) => made.purpose === "ask" && made.revision === present.revision);
  const renewed = isNews ? renewSecrets(draft, context, taken?.person ?? null) : draft;
  // Another person may take the alarm now. Reset these fields, so that the app can again send people their code and say
  // who took the alarm.
  const people = renewed.alarm.people.map((person) => ({ ...person, wasSentCode: false, knowsOwner: false }));
  const open = withAlarm(renewed, {
    state: "open",
    people,
    taken: null,
    revisions: [...revisions.slice(0, -1), { ...present, fromRound }],
    giveUpAt: context.now + terms.giveUpSeconds * 1_000,
    limitedRound: null,
  });
  return withEvent(open, "repeated", context, { person: taken?.name ?? null, how: "reminder" });
}

/**
 * Adds calls, texts and pushes. If the daily limit is used up, and a call or text would ask or remind a person, the
 * function adds none. In an open alarm, it then sets `limitedRound`, so that people get only pushes, and one person
 * gets one call. While `limitedRound` is set, the function does not check the limit. In a taken alarm, it postpones the
 * reminder.
 */
function allowedTries(draft: Draft, tries: readonly NewTry[], context: SettleOptions): Draft {
  const { alarm } = draft;
  const counted = tries.filter(isCounted);
  const isLimited = alarm.limitedRound !== null;
  if (counted.length > 0 && !isLimited && context.remainingTries() <= 0) {
    const [first] = counted;
    if (first?.purpose === "remind" && alarm.taken !== null)
      return withAlarm(draft, { taken: { ...alarm.taken, confirmedAt: context.now } });
    return withAlarm(draft, { limitedRound: first?.round ?? 1 });
  }
  return addTries(draft, tries, context);
}

function isCounted({ channel, purpose }: NewTry): boolean {
  return channel !== "push" && (purpose === "ask" || purpose === "remind");
}

/**
 * Adds tries (calls, texts and pushes), the commands that send them, and their events. If a number was called too
 * often, the try is stored, but nobody is called.
 */
export function addTries(draft: Draft, tries: readonly NewTry[], context: SettleOptions): Draft {
  const { pauseEndsBy, repeatedAt } = draft.alarm;
  const has = (purpose: NewTry["purpose"]): boolean => tries.some((one) => one.purpose === purpose);
  const start = withAlarm(draft, {
    // After a restart, `pauseEndsBy` ends a long pause between two rounds. When the app asks people again, the pause is
    // over. Remove the value, so that it does not shorten later pauses.
    pauseEndsBy: has("ask") ? null : pauseEndsBy,
    repeatedAt: has("repeat") ? context.now : repeatedAt,
  });
  return tries.reduce((current, wanted) => addTry(current, wanted, context), start);
}

function addTry(draft: Draft, wanted: NewTry, context: SettleOptions): Draft {
  const { now, chance } = context;
  const person = draft.alarm.people.find(({ position }) => position === wanted.person);
  if (person === undefined) return draft;
  const isHeld = wanted.channel === "call" && isHeldBack(person.number, draft, context);
  const made: AlarmTry = {
    person: wanted.person,
    round: wanted.round,
    revision: wanted.revision,
    channel: wanted.channel,
    purpose: wanted.purpose,
    number: draft.tries.length + 1,
    reference: chance.uuid(),
    at: now,
    sid: null,
    acceptedAt: null,
    ringingAt: null,
    answeredAt: null,
    endedAt: isHeld ? now : null,
    outcome: isHeld ? "held_back" : null,
    passedAt: null,
    wrongPins: 0,
    error: null,
  };
  const added = { ...draft, tries: [...draft.tries, made] };
  const command = tryCommand(added.alarm, made, context.whatsappTemplate);
  const withCommand = command === null ? added : { ...added, commands: [...added.commands, command] };
  const isAsked = wanted.purpose === "ask" && !isHeld;
  if (!isAsked) return withCommand;
  const { name } = person;
  return withEvent(withCommand, "calling", context, {
    person: name,
    channel: wanted.channel,
    round: wanted.round,
  });
}

/**
 * Gives each person a new code and token. So an answer to the message that people got before cannot take the alarm any
 * more.
 *
 * @param except the position of a person who knows the present message, and keeps the code and token; null for none
 */
export function renewSecrets(draft: Draft, context: AlarmContext, except: number | null = null): Draft {
  const people = draft.alarm.people.map((person) =>
    person.position === except
      ? person
      : {
          ...person,
          ...newSecrets(context.chance),
          wrongCodes: 0,
          wasSentCode: false,
          knowsOwner: false,
        },
  );
  return withAlarm(draft, { people });
}
