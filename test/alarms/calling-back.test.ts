import { expect, test } from "vitest";

import { createAlarmCalls } from "../../src/alarms/alarm-call.ts";
import type { StoredAlarm } from "../../src/alarms/changes/change.ts";
import { SYSTEM_CHANCE } from "../../src/app/system/chance.ts";
import { SYSTEM_CLOCK } from "../../src/app/system/clock.ts";
import { alarmWith, endedCall } from "./engine/alarm-with.ts";

const BY_BOB = { person: 1, name: "Bob", channel: "call", how: "key", at: 0, confirmedAt: 0 } as const;

/** The calls of an alarm that is kept in memory. */
function callsOf(alarm: StoredAlarm["alarm"]) {
  let stored: StoredAlarm = { alarm, tries: [endedCall(1, 0, "rang_out", 1_000)] };
  const calls = createAlarmCalls({
    journal: {
      alarmOfTry: () => null,
      openAlarms: () => [stored],
      alarmsOfSid: (sid) => (stored.tries.some((made) => made.sid === sid) ? ["alarm"] : []),
      alarmProtocol: () => stored,
    },
    async change(_id, edit) {
      const records = { deliveryOf: () => null, remainingTries: () => 100, callsTo: () => [] };
      stored = edit(stored, { ...records, now: 60_000, chance: SYSTEM_CHANCE, whatsappTemplate: null });
    },
    chance: SYSTEM_CHANCE,
    clock: { now: () => 60_000, wait: SYSTEM_CLOCK.wait },
  });
  return {
    ring: () => calls.take({ callSid: "CA2", from: alarm.people[0]?.number ?? "" }),
    end: () => (stored = { ...stored, alarm: { ...stored.alarm, state: "closed", endedAt: 60_000 } }),
    tries: () => stored.tries,
  };
}

test("if Twilio repeats the webhook of a person who called back too late, the person hears again who has the alarm", async () => {
  const calls = callsOf(alarmWith({ state: "taken", taken: BY_BOB }));
  const first = await calls.ring();
  expect(first?.step).toMatchObject({ say: expect.stringMatching(/^Bob has this alarm\./), keys: null });
  expect(await calls.ring()).toEqual(first);
  calls.end();
  expect(await calls.ring()).toEqual(first);
  expect(calls.tries().map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
    ["ask", "rang_out"],
    ["incoming", "answered"],
  ]);
});

test("if Twilio repeats the webhook of a person who calls back in time, the person is asked again", async () => {
  const calls = callsOf(alarmWith());
  const first = await calls.ring();
  expect(first?.step.keys).not.toBeNull();
  expect(await calls.ring()).toEqual(first);
});
