import { expect, test } from "vitest";

import { createAlarmCalls } from "../../src/alarms/alarm-call.ts";
import type { AlarmCallOptions } from "../../src/alarms/alarm-call.ts";
import { alarmWith, tryOf } from "./engine/alarm-with.ts";

const STORED = { alarm: alarmWith(), tries: [tryOf(1, 0, { reference: "ref", sid: "CA1" })] };

/**
 * The calls of an open alarm on a disk that never finishes a write, and the times that the app waited, in
 * milliseconds.
 */
function callsOnFullDisk() {
  const waited: number[] = [];
  const journal: AlarmCallOptions["journal"] = {
    alarmOfTry: () => ({ id: STORED.alarm.id, number: 1 }),
    openAlarms: () => [STORED],
    alarmsOfSid: () => [],
    alarmProtocol: () => STORED,
  };
  const calls = createAlarmCalls({
    journal,
    change: () => new Promise(() => {}),
    chance: { uuid: () => "new" },
    clock: { wait: async (ms) => void waited.push(ms) },
  });
  return { calls, waited };
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
