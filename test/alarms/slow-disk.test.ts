import { expect, test } from "vitest";

import { createAlarmCalls } from "../../src/alarms/alarm-call.ts";
import type { AlarmCallOptions } from "../../src/alarms/alarm-call.ts";
import type { StoredAlarm } from "../../src/alarms/changes/change.ts";
import { alarmWith, tryOf } from "./engine/alarm-with.ts";

const STORED = { alarm: alarmWith(), tries: [tryOf(1, 0, { reference: "ref", sid: "CA1" })] };

/**
 * The calls of an alarm on a disk that never finishes a write. `waited` lists the times that the app waited, in
 * milliseconds, and `changed` the IDs of the alarms that it wanted to change.
 */
function callsOnFullDisk(stored: StoredAlarm = STORED) {
  const waited: number[] = [];
  const changed: string[] = [];
  const journal: AlarmCallOptions["journal"] = {
    alarmOfTry: () => ({ id: STORED.alarm.id, number: 1 }),
    openAlarms: () => [stored],
    alarmsOfSid: () => [],
    alarmProtocol: () => STORED,
  };
  const calls = createAlarmCalls({
    journal,
    change: (id) => {
      changed.push(id);
      return new Promise(() => {});
    },
    chance: { uuid: () => "new" },
    clock: { now: () => 60_000, wait: async (ms) => void waited.push(ms) },
  });
  return { calls, waited, changed };
}

test("a person whose key the app cannot store in time hears the question again, and not that the alarm is taken", async () => {
  const { calls, waited } = callsOnFullDisk();
  const step = await calls.answer({
    callSid: "CA1",
    reference: "ref",
    state: "1.key",
    digits: STORED.alarm.terms.key,
    fields: {},
  });
  expect(step?.say).toMatch(/^The app is slow at the moment\. Please press the key again\./);
  expect(step?.keys).not.toBeNull();
  expect(Math.max(...waited)).toBeLessThan(8_000);
});

test("a person who calls back while the disk is full is asked to take the alarm", async () => {
  const { calls } = callsOnFullDisk();
  const [person] = STORED.alarm.people;
  const taken = await calls.take({ callSid: "CA2", from: person?.number ?? "" });
  expect(taken).toMatchObject({ script: "alarm", reference: "new", step: { keys: { seconds: 10 } } });
});

const TAKEN: StoredAlarm = {
  alarm: alarmWith({
    state: "taken",
    taken: { person: 1, name: "Bob", channel: "call", how: "key", at: 0, confirmedAt: 0 },
  }),
  tries: STORED.tries,
};

test("a stranger who calls in while the disk is full is left to the automations at once, and no alarm is changed", async () => {
  for (const stored of [STORED, TAKEN]) {
    const { calls, waited, changed } = callsOnFullDisk(stored);
    expect(await calls.take({ callSid: "CA2", from: "+12125550199" })).toBeNull();
    expect([waited, changed]).toEqual([[], []]);
  }
});

test("a person who calls back too late while the disk is full hears in time who has the alarm", async () => {
  const { calls, waited } = callsOnFullDisk(TAKEN);
  const [person] = TAKEN.alarm.people;
  const taken = await calls.take({ callSid: "CA2", from: person?.number ?? "" });
  expect(taken?.step).toMatchObject({ say: expect.stringMatching(/^Bob has this alarm\./), keys: null });
  expect(Math.max(...waited)).toBeLessThan(8_000);
});
