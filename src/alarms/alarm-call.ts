import type { CallScript, IncomingCallTaker } from "../calls/ports.ts";
import type { ScriptStep } from "../calls/script.ts";
import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import { withinTime } from "../domain/within-time.ts";
import { alarmTexts } from "./alarm-texts.ts";
import type { AlarmTry } from "./alarm-try.ts";
import { hasEnded, presentRevision } from "./alarm.ts";
import type { Alarm, AlarmPerson } from "./alarm.ts";
import { ALARM_SCRIPT, lastStep, questionStep, readCallState } from "./call-texts.ts";
import { answerKeys, resultOf } from "./changes/answer-keys.ts";
import { draftOf, withPerson } from "./changes/change.ts";
import type { Draft, StoredAlarm } from "./changes/change.ts";
import type { SettleOptions } from "./changes/settle.ts";
import type { AlarmJournal } from "./ports.ts";
import { storedTry } from "./stored-try.ts";
import type { TryPosition } from "./stored-try.ts";

/** For this time after somebody took an alarm, in milliseconds, people who call back hear who took it. */
const INFORMED_MS = 15 * 60_000;

/**
 * The app stores a change of an alarm before it answers the webhook of a call, but waits at most this long, in
 * milliseconds. Twilio waits 15 s for the answer, and the webhook relay 8 s. The journal (database) completes a slower
 * change after the answer.
 */
const ANSWER_WITHIN_MS = 5_000;

export interface AlarmCallOptions {
  readonly journal: Pick<AlarmJournal, "alarmOfTry" | "openAlarms" | "alarmsOfSid" | "alarmProtocol">;
  /**
   * Changes an alarm with the function `edit` and adds the alarm's next steps, such as calls. Resolves when the change
   * is on disk.
   */
  readonly change: (
    id: string,
    edit: (stored: StoredAlarm, context: SettleOptions) => Draft,
  ) => Promise<unknown>;
  readonly chance: Pick<Chance, "uuid">;
  readonly clock: Pick<Clock, "now" | "wait">;
}

/**
 * Answers the webhooks in which Twilio reports the keys that people press on calls of alarms. It also answers incoming
 * calls from people whom an alarm calls. Such a person can take an open alarm, or hears who has already taken it.
 */
export function createAlarmCalls({
  journal,
  change,
  chance,
  clock,
}: AlarmCallOptions): CallScript & IncomingCallTaker {
  return {
    name: ALARM_SCRIPT,
    async answer({ reference, state, digits }) {
      const found = journal.alarmOfTry(reference);
      const read = readCallState(state);
      if (found === null || read === null) return null;
      let step: ScriptStep | null = null;
      const changing = change(found.id, (stored, context) => {
        const answered = answerKeys(stored, found.number, { ...read, digits }, context);
        step = answered.step;
        return answered.draft;
      });
      return (await isInTime(changing)) ? step : askAgain(found);
    },
    async take({ callSid, from }) {
      const known = knownCall(callSid);
      if (known !== null) return answerAgain(known.alarm, known.made);
      const found = alarmOfCaller(from);
      if (found === null) return await tellOwner(callSid, from);
      const reference = chance.uuid();
      let alarm = found.alarm;
      const changing = change(found.alarm.id, (stored, context) => {
        alarm = stored.alarm;
        return withIncomingCall(stored, { callSid, person: found.person, reference }, context);
      });
      await isInTime(changing);
      return answerTo(alarm, reference);
    },
  };

  /**
   * Resolves with true if the change is on disk within `ANSWER_WITHIN_MS`. If the disk is full, for example, it
   * resolves with false.
   */
  async function isInTime(changing: Promise<unknown>): Promise<boolean> {
    const isStored = changing.then(() => true);
    return (await withinTime(isStored, ANSWER_WITHIN_MS, clock)) ?? false;
  }

  /**
   * Asks the person for the key again, because the pressed key could not be stored in time. The app says "You have it"
   * only after the change is on disk.
   */
  function askAgain(found: TryPosition): ScriptStep | null {
    const stored = storedTry(journal, found);
    if (stored === null) return null;
    const { alarm, made } = stored;
    return questionStep(alarm, made, alarmTexts(alarm.terms.language).spoken.tooSlow);
  }

  function answerTo(alarm: Alarm, reference: string) {
    return { script: ALARM_SCRIPT, reference, step: questionStep(alarm, { purpose: "ask" }, "") };
  }

  /** Answers a repeated webhook of an incoming call. A person who called too late again hears who took the alarm. */
  function answerAgain(alarm: Alarm, { reference, person }: AlarmTry) {
    if (alarm.state === "open" || alarm.taken?.person === person) return answerTo(alarm, reference);
    return { script: ALARM_SCRIPT, reference, step: lastStep(alarm, resultOf(alarm)) };
  }

  /**
   * A person whom the alarm called may call back after somebody else took the alarm. The app then says who took it, one
   * time. It stores the call as answered, so that the call does not count as missed.
   */
  async function tellOwner(callSid: string, from: string) {
    for (const found of journal.openAlarms()) {
      if (uninformedCaller(found, from, clock.now()) === null) continue;
      // If the change is not on disk in time, the call says what is stored now.
      let step: ScriptStep | null = lastStep(found.alarm, resultOf(found.alarm));
      const reference = chance.uuid();
      const changing = change(found.alarm.id, (stored, context) => {
        const person = uninformedCaller(stored, from, context.now)?.position;
        step = person === undefined ? null : lastStep(stored.alarm, resultOf(stored.alarm));
        if (person === undefined) return draftOf(stored);
        const end = { outcome: "answered", endedAt: context.now } as const;
        const answered = withIncomingCall(stored, { callSid, person, reference, ...end }, context);
        return withPerson(answered, person, { knowsOwner: true });
      });
      await isInTime(changing);
      if (step !== null) return { script: ALARM_SCRIPT, reference, step };
    }
    return null;
  }

  /**
   * Finds the alarm of an incoming call that the app has already answered. Twilio may repeat the webhook of this call.
   */
  function knownCall(callSid: string): { readonly alarm: Alarm; readonly made: AlarmTry } | null {
    for (const id of journal.alarmsOfSid(callSid)) {
      const stored = journal.alarmProtocol(id);
      const made = stored?.tries.find(({ sid, purpose }) => sid === callSid && purpose === "incoming");
      if (stored !== null && made !== undefined) return { alarm: stored.alarm, made };
    }
    return null;
  }

  /**
   * Finds the open alarm that calls the number `from`. If several alarms do, returns the one whose latest call, text or
   * push to this person is the newest. The number must match exactly, because the caller can take the alarm.
   */
  function alarmOfCaller(from: string): { readonly alarm: Alarm; readonly person: number } | null {
    const open = journal.openAlarms().filter(({ alarm }) => alarm.state === "open");
    const found = open.flatMap(({ alarm, tries }) => {
      const person = alarm.people.find(({ number }) => number === from);
      if (person === undefined) return [];
      const asked = tries.filter((made) => made.person === person.position);
      return [{ alarm, person: person.position, at: asked.at(-1)?.at ?? 0 }];
    });
    return found.toSorted((a, b) => b.at - a.at)[0] ?? null;
  }
}

/**
 * Finds the person with the number `from`, if the alarm called this person and somebody else took the alarm. Null if
 * the person already knows who took it.
 */
function uninformedCaller({ alarm, tries }: StoredAlarm, from: string, now: number): AlarmPerson | null {
  const { taken } = alarm;
  if (taken === null || hasEnded(alarm) || now > taken.at + INFORMED_MS) return null;
  const caller = alarm.people.find(({ number }) => number === from);
  if (caller === undefined || caller.knowsOwner || caller.position === taken.person) return null;
  const wasAsked = tries.some(({ person, purpose }) => person === caller.position && purpose === "ask");
  return wasAsked ? caller : null;
}

function withIncomingCall(
  { alarm, tries }: StoredAlarm,
  call: Pick<AlarmTry, "person" | "reference"> &
    Partial<Pick<AlarmTry, "outcome" | "endedAt">> & { readonly callSid: string },
  { now }: SettleOptions,
): Draft {
  const { callSid: sid, person, reference, outcome = null, endedAt = null } = call;
  const made: AlarmTry = {
    number: tries.length + 1,
    reference,
    person,
    round: tries.at(-1)?.round ?? 1,
    revision: presentRevision(alarm).revision,
    channel: "call",
    purpose: "incoming",
    at: now,
    sid,
    acceptedAt: now,
    ringingAt: now,
    answeredAt: now,
    endedAt,
    outcome,
    passedAt: null,
    wrongPins: 0,
    error: null,
  };
  return { alarm, tries: [...tries, made], events: [], commands: [] };
}
