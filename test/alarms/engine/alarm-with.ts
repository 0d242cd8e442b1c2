import type { AlarmTry } from "../../../src/alarms/alarm-try.ts";
import type { Alarm, AlarmPerson, AlarmTerms } from "../../../src/alarms/alarm.ts";

export const TERMS: AlarmTerms = {
  order: "one_by_one",
  ringSeconds: 25,
  calls: 1,
  waitSeconds: 30,
  pauseSeconds: 60,
  rounds: null,
  giveUpSeconds: 3_600,
  key: "1",
  passKey: "2",
  confirm: "key",
  remindSeconds: 0,
  quietSeconds: 600,
  inform: "reached",
  atEnd: ["sms", "push"],
  language: "en-US",
  voice: null,
  repeat: 2,
  test: false,
};

/** A person at this position of the alarm, who gets calls unless `fields` say otherwise. */
export function personAt(position: number, fields: Partial<AlarmPerson> = {}): AlarmPerson {
  return {
    position,
    name: ["Alice", "Bob", "Carol"][position] ?? `Person ${position}`,
    contact: null,
    channels: ["call"],
    number: `+1212555010${position + 1}`,
    sender: null,
    push: null,
    pin: null,
    code: `00000${position}`,
    pushToken: `token${position}`,
    wrongCodes: 0,
    wasSentCode: false,
    knowsOwner: false,
    ...fields,
  };
}

/** An open alarm for Alice, Bob and Carol that started at the time 0. */
export function alarmWith(fields: Partial<Alarm> = {}, terms: Partial<AlarmTerms> = {}): Alarm {
  return {
    id: "alarm",
    name: "Water",
    state: "open",
    terms: { ...TERMS, ...terms },
    people: [personAt(0), personAt(1), personAt(2)],
    revisions: [{ revision: 1, message: "Water in the cellar.", at: 0, fromRound: 1 }],
    firstPerson: 0,
    startedAt: 0,
    giveUpAt: 3_600_000,
    isExtended: false,
    pauseEndsBy: null,
    limitedRound: null,
    taken: null,
    repeatedAt: null,
    endedAt: null,
    repliesUntil: 0,
    ...fields,
  };
}

/** A try of an alarm for a person. It is a call in the first round unless `fields` say otherwise. */
export function tryOf(number: number, person: number, fields: Partial<AlarmTry> = {}): AlarmTry {
  return {
    number,
    reference: `reference${number}`,
    person,
    round: 1,
    revision: 1,
    channel: "call",
    purpose: "ask",
    at: 0,
    sid: null,
    acceptedAt: null,
    ringingAt: null,
    answeredAt: null,
    endedAt: null,
    outcome: null,
    passedAt: null,
    wrongPins: 0,
    error: null,
    ...fields,
  };
}

/** A call of an alarm that ended at the time `endedAt`, in milliseconds. */
export function endedCall(
  number: number,
  person: number,
  outcome: NonNullable<AlarmTry["outcome"]>,
  endedAt: number,
  fields: Partial<AlarmTry> = {},
): AlarmTry {
  return tryOf(number, person, { outcome, endedAt, acceptedAt: 0, ...fields });
}
