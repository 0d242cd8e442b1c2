import { expect, test, vi } from "vitest";

import { answerKeys } from "../../src/alarms/changes/answer-keys.ts";
import { draftOf } from "../../src/alarms/changes/change.ts";
import type { StoredAlarm } from "../../src/alarms/changes/change.ts";
import type { SettleOptions } from "../../src/alarms/changes/settle.ts";
import { settle } from "../../src/alarms/changes/settle.ts";
import { joinAlarm } from "../../src/alarms/changes/start.ts";
import { take } from "../../src/alarms/changes/take.ts";
import { alarmPayload } from "../../src/alarms/intake/alarm-payload.ts";
import { SYSTEM_CHANCE } from "../../src/app/system/chance.ts";
import { ALARMS_DE } from "../../src/texts/de/alarms.ts";
import { ALARMS_EN } from "../../src/texts/en/alarms.ts";
import { alarmWith, endedCall, personAt, tryOf } from "./engine/alarm-with.ts";
import { ALICE, startAlarmHouse } from "./start-alarm-house.ts";

function contextAt(now: number): SettleOptions {
  return {
    now,
    chance: SYSTEM_CHANCE,
    whatsappTemplate: null,
    deliveryOf: () => null,
    remainingTries: () => 100,
    callsTo: () => [],
  };
}

const BY_ALICE = { person: 0, name: "Alice", channel: "call", how: "key" } as const;

test("with `confirm: twice`, only the second press of the key takes the alarm", () => {
  const stored = { alarm: alarmWith({}, { confirm: "twice" }), tries: [tryOf(1, 0, { answeredAt: 0 })] };
  const press = (stage: "key" | "again", digits: string) =>
    answerKeys(stored, 1, { revision: 1, stage, digits }, contextAt(5_000));
  expect(press("key", "1").draft.alarm.state).toBe("open");
  expect(press("key", "1").step).toMatchObject({ say: "Press 1 again to confirm.", state: "1.again" });
  expect(press("again", "2").draft.alarm.state).toBe("open");
  expect(press("again", "1").draft.alarm.state).toBe("taken");
});

test.each([
  ["key", "9", "twice"],
  ["key", "1", "twice"],
  ["key", "1", "pin"],
  ["pin", "0000", "pin"],
  ["key", "2", "key"],
  ["key", "1", "key"],
] as const)(
  "after the %s %s with `confirm: %s`, the call of a drill says that it is a drill, also to a mailbox that records late",
  (stage, digits, confirm) => {
    const people = [personAt(0, { pin: "4711" }), personAt(1)];
    const alarm = alarmWith({ people }, { confirm, test: true });
    const stored = { alarm, tries: [tryOf(1, 0, { answeredAt: 0 })] };
    const { step } = answerKeys(stored, 1, { revision: 1, stage, digits }, contextAt(5_000));
    const texts = [step?.say, step?.keys?.afterwards].filter((text) => text !== undefined);
    expect(texts.filter((text) => !text.startsWith("This is a drill. "))).toEqual([]);
    expect(texts).not.toEqual([]);
  },
);

test("five wrong PINs end one call, but not the next call of the same person, and do not count as wrong codes by text", () => {
  const people = [personAt(0, { pin: "4711", wrongCodes: 4 }), personAt(1)];
  const alarm = alarmWith({ people }, { confirm: "pin" });
  const enter = (stored: StoredAlarm, number: number, digits: string) =>
    answerKeys(stored, number, { revision: 1, stage: "pin", digits }, contextAt(5_000));
  let stored: StoredAlarm = {
    alarm,
    tries: [tryOf(1, 0, { answeredAt: 0 }), tryOf(2, 0, { answeredAt: 0, purpose: "incoming" })],
  };
  const isOver: boolean[] = [];
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const { draft, step } = enter(stored, 1, "0000");
    stored = draft;
    isOver.push(step?.keys === null);
  }
  expect(isOver).toEqual([false, false, false, false, true]);
  expect(stored.alarm.people[0]?.wrongCodes).toBe(4);
  expect(enter(stored, 2, "0000").step?.keys).not.toBeNull();
  expect(enter(stored, 2, "4711").draft.alarm.state).toBe("taken");
});

test.each([
  ["none", []],
  ["reached", ["Bob"]],
  ["all", ["Bob", "Carol"]],
] as const)("with `inform: %s`, these people are told who has the alarm: %j", (inform, names) => {
  const alarm = alarmWith({}, { inform });
  const tries = [tryOf(1, 0, { answeredAt: 0 }), endedCall(2, 1, "rang_out", 1_000, { sid: "CA2" })];
  const { draft } = take(draftOf({ alarm, tries }), BY_ALICE, contextAt(5_000));
  const informed = draft.tries.filter(({ purpose }) => purpose === "inform");
  expect(informed.map(({ person }) => alarm.people[person]?.name)).toEqual(names);
});

test("a start after `quiet_seconds` opens a taken alarm again, even one with reminders, and first calls the person who had taken it", () => {
  const taken = { ...BY_ALICE, person: 2, name: "Carol", at: 0, confirmedAt: 0 };
  const alarm = alarmWith({ state: "taken", taken }, { quietSeconds: 600, remindSeconds: 9_000 });
  const { name, people, terms } = alarm;
  const start = { name, message: "Water in the cellar.", people, terms, firedAt: 0 };
  const joinedAt = (seconds: number) => {
    const context = contextAt(seconds * 1_000);
    const { outcome, draft } = joinAlarm({ alarm, tries: [] }, start, context);
    const { tries } = settle(draft, context);
    return { outcome, purposes: tries.map(({ person, purpose }) => `${purpose} ${person}`) };
  };
  expect(joinedAt(599)).toEqual({ outcome: "repeated", purposes: ["repeat 2"] });
  expect(joinedAt(600)).toEqual({ outcome: "revised", purposes: ["ask 2"] });
});

test("a person in `people` can have channels that differ from the alarm's channels", () => {
  const people = ["Alice", { person: "Bob", channels: "sms, push" }];
  expect(alarmPayload.parse({ message: "Water.", people })).toMatchObject({
    channels: ["call"],
    people: [
      { person: "Alice", channels: undefined },
      { person: "Bob", channels: ["sms", "push"] },
    ],
  });
});

test("no text message of an alarm contains a word with which a recipient can opt out of messages", () => {
  const word = /\b(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|stopp|ende|abmelden)\b/i;
  for (const { written, drill } of [ALARMS_EN, ALARMS_DE]) {
    const texts = Object.values(written).map((text) =>
      typeof text === "string" ? text : text("Water", "Alice", "123456"),
    );
    expect([...texts, drill].filter((text) => word.test(text))).toEqual([]);
  }
});

test("an alarm that is started while Home Assistant is still starting calls people at once", async () => {
  await using house = await startAlarmHouse();
  house.home.behaviour.state = "STARTING";
  const connections = house.home.connections();
  house.home.disconnect();
  await vi.waitFor(() =>
    expect([house.home.connections() > connections, house.home.listensTo("twilio_request")]).toEqual([
      true,
      true,
    ]),
  );
  const payload = { message: "Water.", people: ["Alice"], alarm: "Water" };
  house.request({ request_id: "starting", command: "alarm", payload });
  await house.rings(ALICE);
  expect(house.callsTo(ALICE)).toBe(1);
});
