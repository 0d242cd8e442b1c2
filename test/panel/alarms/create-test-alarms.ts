import type { AlarmTry } from "../../../src/alarms/alarm-try.ts";
import type { Alarm, AlarmPerson } from "../../../src/alarms/alarm.ts";
import type { StoredAlarm } from "../../../src/alarms/changes/change.ts";
import type { PersonReach } from "../../../src/alarms/ports.ts";
import type { AlarmsPorts } from "../../../src/panel/alarms/ports.ts";
import { alarmWith, personAt, tryOf } from "../../alarms/engine/alarm-with.ts";

export const STARTED_AT = Date.UTC(2026, 10, 24, 13, 55);

/** A person of an alarm with the channels call and push, at this position from 0. */
export function alarmPerson(position: number, name: string): AlarmPerson {
  return personAt(position, {
    name,
    contact: name,
    channels: ["call", "push"],
    number: `+1500555000${position}`,
    sender: "+15005550099",
    push: "mobile_app_phone",
    pin: "4711",
    code: `12345${position}`,
    pushToken: `push-token-${position}`,
  });
}

/** An alarm of Alice and Bob that nobody has taken yet. */
export function testAlarm(fields: Partial<Alarm> = {}): Alarm {
  return alarmWith({
    id: "0b0c9b5e-0000-4000-8000-000000000001",
    name: "Water in the cellar",
    people: [alarmPerson(0, "Alice"), alarmPerson(1, "Bob")],
    revisions: [{ revision: 1, message: "Two centimetres <by the boiler>", at: STARTED_AT, fromRound: 1 }],
    startedAt: STARTED_AT,
    giveUpAt: STARTED_AT + 3_600_000,
    ...fields,
  });
}

/** A call to the first person that is ringing. */
export function testTry(fields: Partial<AlarmTry> = {}): AlarmTry {
  return tryOf(1, 0, {
    reference: "secret-reference",
    at: STARTED_AT + 1_000,
    sid: "CA00000000000000000000000000000001",
    acceptedAt: STARTED_AT + 1_100,
    ringingAt: STARTED_AT + 2_000,
    ...fields,
  });
}

type Ports = AlarmsPorts["alarms"];

/** The alarms that a test sets. `pressed` records what the buttons did. */
export interface TestAlarms extends Ports {
  stored: StoredAlarm[];
  people: PersonReach[];
  names: string[];
  takeOutcome: Awaited<ReturnType<Ports["take"]>>;
  stopOutcome: boolean;
  drillResult: Awaited<ReturnType<Ports["startDrill"]>>;
  readonly pressed: string[];
}

/** The ports of the alarms for a test, with no alarm at first. */
export function createTestAlarms(): TestAlarms {
  const test: TestAlarms = {
    stored: [],
    people: [],
    names: ["Alice", "Bob"],
    takeOutcome: "taken",
    stopOutcome: true,
    drillResult: { ok: true, id: "0b0c9b5e-0000-4000-8000-000000000001" },
    pressed: [],
    openAlarms: () => test.stored,
    recentAlarms: () => test.stored,
    alarmProtocol: (id) => test.stored.find(({ alarm }) => alarm.id === id) ?? null,
    take: (id, name) => {
      test.pressed.push(`take ${id} ${name}`);
      return Promise.resolve(test.takeOutcome);
    },
    stop: (id) => {
      test.pressed.push(`stop ${id}`);
      return Promise.resolve(test.stopOutcome);
    },
    startDrill: (people, message) => {
      test.pressed.push(`drill ${people.join(" and ")}: ${message}`);
      return Promise.resolve(test.drillResult);
    },
    reach: () => test.people,
    contacts: () => test.names,
  };
  return test;
}
