import type { ScriptStep } from "../../calls/script.ts";
import { alarmTexts } from "../alarm-texts.ts";
import { isInconclusive } from "../alarm-try.ts";
import type { AlarmTry } from "../alarm-try.ts";
import { hasEnded, presentRevision } from "../alarm.ts";
import type { Alarm, AlarmPerson } from "../alarm.ts";
import { keyStep, lastStep, questionStep } from "../call-texts.ts";
import type { CallStage } from "../call-texts.ts";
import { draftOf, withTry } from "./change.ts";
import type { Draft, StoredAlarm } from "./change.ts";
import type { SettleOptions } from "./settle.ts";
import { pass, take } from "./take.ts";

/**
 * The app accepts the pressed keys of a call for at most this long after the call's end, in milliseconds. A later
 * webhook with pressed keys is a captured one that somebody replays.
 */
const REPLAYED_MS = 20_000;
/**
 * After this many wrong PINs on one call, the call ends. Wrong codes in texts are counted apart, so the person
 * can still take the alarm by text.
 */
const MOST_WRONG_PINS = 5;

export interface PressedKeys {
  /** The number of the message (revision) that the person has heard. */
  readonly revision: number;
  readonly stage: CallStage;
  /** The pressed keys. Empty if the person pressed none. */
  readonly digits: string;
}

export interface AnsweredKeys {
  readonly draft: Draft;
  /** The next text of the call; null if the call is over. */
  readonly step: ScriptStep | null;
}

/**
 * Applies the keys that a person pressed on a call of an alarm. Returns the changed alarm, and what the call says next.
 * The app must store the change before it answers Twilio's webhook.
 */
export function answerKeys(
  stored: StoredAlarm,
  number: number,
  keys: PressedKeys,
  context: SettleOptions,
): AnsweredKeys {
  const { alarm } = stored;
  const made = stored.tries.find((one) => one.number === number);
  const draft = withAnswered(draftOf(stored), made, context.now);
  const person = alarm.people.find(({ position }) => position === made?.person);
  if (made === undefined || person === undefined || isReplayed(made, context.now))
    return { draft, step: null };
  const spoken = alarmTexts(alarm.terms.language).spoken;
  const ask = (before: string): AnsweredKeys => ({ draft, step: questionStep(alarm, made, before) });

  const isOther = alarm.taken !== null && alarm.taken.person !== person.position;
  if (hasEnded(alarm) || isOther) return { draft, step: lastStep(alarm, resultOf(alarm)) };
  if (keys.revision < presentRevision(alarm).revision) return ask(spoken.changed);
  switch (keys.stage) {
    case "key":
      return firstKey();
    case "again":
      return keys.digits === alarm.terms.key ? taken() : ask(spoken.wrongKey);
    case "pin":
      return keys.digits === person.pin ? taken() : wrongPin(draft, made, person);
  }

  function firstKey(): AnsweredKeys {
    const { key, passKey, confirm } = alarm.terms;
    const isPassed = keys.digits === passKey && made?.purpose !== "remind" && alarm.people.length > 1;
    if (isPassed) return { draft: pass(draft, number, context.now), step: lastStep(alarm, spoken.passed) };
    if (keys.digits !== key) return ask(keys.digits === "" ? "" : spoken.wrongKey);
    if (confirm === "twice") return { draft, step: keyStep(alarm, spoken.pressAgain(key), "again") };
    if (confirm === "pin" && person?.pin != null)
      return { draft, step: keyStep(alarm, spoken.enterPin, "pin", person.pin) };
    return taken();
  }

  function taken(): AnsweredKeys {
    if (person === undefined || made === undefined) return { draft, step: null };
    const how = made.purpose === "incoming" ? "incoming_call" : "key";
    const { name, position } = person;
    const { outcome, draft: changed } = take(
      draft,
      { person: position, name, channel: "call", how },
      context,
    );
    const isOwn = outcome === "taken" || outcome === "confirmed";
    return { draft: changed, step: lastStep(alarm, isOwn ? spoken.youHaveIt : resultOf(changed.alarm)) };
  }

  function wrongPin(current: Draft, call: AlarmTry, { pin }: AlarmPerson): AnsweredKeys {
    const wrongPins = call.wrongPins + 1;
    const counted = withTry(current, call.number, { wrongPins });
    if (wrongPins >= MOST_WRONG_PINS) return { draft: counted, step: lastStep(alarm, spoken.wrongPin) };
    return { draft: counted, step: keyStep(alarm, `${spoken.wrongPin} ${spoken.enterPin}`, "pin", pin) };
  }
}

/**
 * Whether the call ended so long ago that its webhook is a replay. If Twilio never reported the end, the call may still
 * be in progress, and the webhook is not a replay.
 */
function isReplayed(made: AlarmTry, now: number): boolean {
  const { endedAt, outcome } = made;
  const hasEndAtTwilio = !isInconclusive(made) && outcome !== "no_news";
  return endedAt !== null && hasEndAtTwilio && now - endedAt > REPLAYED_MS;
}

/** Marks the call as answered. Twilio sends the webhook about keys only after an answer, even if no key was pressed. */
function withAnswered(draft: Draft, made: AlarmTry | undefined, now: number): Draft {
  if (made === undefined || made.outcome !== null || made.answeredAt !== null) return draft;
  return withTry(draft, made.number, { ringingAt: made.ringingAt ?? now, answeredAt: now });
}

/** The sentence for a person who can no longer take the alarm: who has taken it, or how it ended. */
export function resultOf(alarm: Alarm): string {
  const { spoken } = alarmTexts(alarm.terms.language);
  if (alarm.taken !== null) return spoken.somebodyHasIt(alarm.taken.name);
  const isUnanswered = alarm.state === "unanswered" || alarm.state === "blocked";
  return isUnanswered ? `${spoken.notTaken} ${spoken.over}` : spoken.over;
}

/**
 * An action of the app on a call in progress. `cancel`: it ends a call that rings. `say`: an answered call says
 * something else.
 */
export type CallCorrection =
  | { readonly kind: "cancel"; readonly sid: string; readonly made: AlarmTry }
  | { readonly kind: "say"; readonly sid: string; readonly made: AlarmTry; readonly step: ScriptStep };

/**
 * Finds the calls in progress that must end or say something else. The reason is that somebody has taken the alarm,
 * that the alarm has ended, or that it has another message.
 */
export function callCorrections({ alarm, tries }: StoredAlarm): CallCorrection[] {
  const { spoken } = alarmTexts(alarm.terms.language);
  return tries.flatMap((made): CallCorrection[] => {
    const { sid, outcome, channel, answeredAt, purpose, person } = made;
    if (sid === null || outcome !== null || channel !== "call") return [];
    if (alarm.state === "open") {
      const isOld = answeredAt !== null && made.revision < presentRevision(alarm).revision;
      return isOld ? [{ kind: "say", sid, made, step: questionStep(alarm, made, spoken.changed) }] : [];
    }
    const isOwner = alarm.taken?.person === person;
    // This is a call to the person who took the alarm. A reminder call goes on as it is, and so does the call on which
    // the person took the alarm. If the person took it in another way (such as by text), this call says "You have it".
    if (alarm.state === "taken" && isOwner && (answeredAt !== null || purpose === "remind")) {
      const isByCall = alarm.taken.channel === "call" || purpose === "remind";
      return isByCall ? [] : [{ kind: "say", sid, made, step: lastStep(alarm, spoken.youHaveIt) }];
    }
    if (answeredAt === null) return [{ kind: "cancel", sid, made }];
    return isOwner ? [] : [{ kind: "say", sid, made, step: lastStep(alarm, resultOf(alarm)) }];
  });
}
