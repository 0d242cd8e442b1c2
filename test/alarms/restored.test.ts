import { expect, test } from "vitest";

import { resumeAlarm, shiftTimes } from "../../src/alarms/changes/times.ts";
import { SYSTEM_CHANCE } from "../../src/app/system/chance.ts";
import { alarmWith, endedCall, personAt, tryOf } from "./engine/alarm-with.ts";

const MINUTE = 60_000;

function contextAt(now: number) {
  return { now, chance: SYSTEM_CHANCE, deliveryOf: () => null, remainingTries: () => 9, callsTo: () => [] };
}

test("an open alarm from a restored backup ends if it did nothing for more than ten minutes, and nobody is called or written to", () => {
  const stored = { alarm: alarmWith(), tries: [endedCall(1, 0, "rang_out", MINUTE)] };
  const { alarm, events, commands } = resumeAlarm(stored, 2 * MINUTE, contextAt(12 * MINUTE));
  expect([alarm.state, alarm.terms.atEnd, commands]).toEqual(["unanswered", [], []]);
  expect(events.map(({ data }) => data["state"])).toEqual(["unanswered"]);
  expect(resumeAlarm(stored, 2 * MINUTE, contextAt(10 * MINUTE)).alarm.state).toBe("open");
  expect(resumeAlarm(stored, null, contextAt(12 * MINUTE)).alarm.state).toBe("open");
});

test("an alarm that called somebody after its backup was restored continues, even after a long downtime", () => {
  const stored = { alarm: alarmWith(), tries: [endedCall(1, 0, "rang_out", 3 * MINUTE)] };
  expect(resumeAlarm(stored, 2 * MINUTE, contextAt(30 * MINUTE)).alarm.state).toBe("open");
});

test("an old alarm from a restored backup ends, even if the backup does not contain the end of one of its calls", () => {
  const stored = { alarm: alarmWith(), tries: [tryOf(1, 0, { at: MINUTE, acceptedAt: MINUTE })] };
  const { alarm, commands } = resumeAlarm(stored, 2 * MINUTE, contextAt(30 * MINUTE));
  expect([alarm.state, commands]).toEqual(["unanswered", []]);
});

test("the first restart after an alarm's `give_up_after` extends the alarm by the time for one call to each person, and further restarts do not", () => {
  const stored = { alarm: alarmWith({ giveUpAt: 60 * MINUTE }), tries: [] };
  const resumed = resumeAlarm(stored, null, contextAt(90 * MINUTE));
  expect(resumed.alarm).toMatchObject({ state: "open", isExtended: true });
  expect(resumed.alarm.giveUpAt).toBeGreaterThan(90 * MINUTE);
  expect(resumed.alarm.giveUpAt).toBeLessThan(100 * MINUTE);
  const called = { alarm: resumed.alarm, tries: [endedCall(1, 0, "rang_out", 91 * MINUTE)] };
  const again = resumeAlarm(called, null, contextAt(120 * MINUTE));
  expect(again.alarm.giveUpAt).toBe(resumed.alarm.giveUpAt);
});

test("while Twilio has accepted no call and no text of an alarm, each restart of the app extends the alarm", () => {
  const alarm = alarmWith({ giveUpAt: 60 * MINUTE, isExtended: true });
  const inDoubt = { alarm, tries: [tryOf(1, 0, { at: 59 * MINUTE })] };
  const resumed = resumeAlarm(inDoubt, null, contextAt(90 * MINUTE));
  expect(resumed.alarm.giveUpAt).toBeGreaterThan(90 * MINUTE);
  expect(resumed.alarm.giveUpAt).toBeLessThan(100 * MINUTE);
});

test("while Twilio has accepted no call and no text about the newest message of an alarm, each restart of the app extends the alarm", () => {
  const revisions = [
    { revision: 1, message: "Water in the cellar.", at: 0, fromRound: 1 },
    { revision: 2, message: "Water in the kitchen.", at: 59 * MINUTE, fromRound: 2 },
  ];
  const alarm = alarmWith({ giveUpAt: 60 * MINUTE, isExtended: true, revisions });
  const earlier = endedCall(1, 0, "rang_out", MINUTE);
  const resumed = resumeAlarm({ alarm, tries: [earlier] }, null, contextAt(90 * MINUTE));
  expect(resumed.alarm.giveUpAt).toBeGreaterThan(90 * MINUTE);
  const about = endedCall(2, 0, "rang_out", 59 * MINUTE, { round: 2, revision: 2 });
  const again = resumeAlarm({ alarm, tries: [earlier, about] }, null, contextAt(90 * MINUTE));
  expect(again.alarm.giveUpAt).toBe(60 * MINUTE);
});

test("after a restart of the app, an alarm shortens a long pause before it calls everybody again", () => {
  const rangOut = endedCall(1, 0, "rang_out", MINUTE);
  const people = [personAt(0)];
  const long = { alarm: alarmWith({ people }, { pauseSeconds: 3_600 }), tries: [rangOut] };
  expect(resumeAlarm(long, null, contextAt(2 * MINUTE)).alarm.pauseEndsBy).toBe(2 * MINUTE);
  const short = { alarm: alarmWith({ people }, { pauseSeconds: 60 }), tries: [rangOut] };
  expect(resumeAlarm(short, null, contextAt(MINUTE + 1)).alarm.pauseEndsBy).toBeNull();
});

test("an old alarm from a restored backup ends as `closed` if somebody had taken it", () => {
  const taken = { person: 0, name: "Alice", channel: "call", how: "key", at: 0, confirmedAt: 0 } as const;
  const stored = { alarm: alarmWith({ state: "taken", taken }), tries: [] };
  expect(resumeAlarm(stored, 0, contextAt(12 * MINUTE)).alarm.state).toBe("closed");
});

test("after a restart with the clock set back, no stored time of an alarm lies in the future", () => {
  const tries = [tryOf(1, 0, { at: 70 * MINUTE, answeredAt: 71 * MINUTE })];
  const { alarm, tries: moved } = resumeAlarm({ alarm: alarmWith(), tries }, null, contextAt(11 * MINUTE));
  expect([alarm.startedAt, moved[0]?.at, moved[0]?.answeredAt]).toEqual([
    -60 * MINUTE,
    10 * MINUTE,
    11 * MINUTE,
  ]);
});

test.each(["acceptedAt", "ringingAt", "answeredAt", "endedAt", "passedAt"] as const)(
  "after a restart with the clock set back, the time `%s` of a call does not lie in the future",
  (field) => {
    const tries = [tryOf(1, 0, { [field]: 71 * MINUTE })];
    const resumed = resumeAlarm({ alarm: alarmWith(), tries }, null, contextAt(11 * MINUTE));
    expect(resumed.tries[0]?.[field]).toBe(11 * MINUTE);
  },
);

test("after a restart with the clock set back, the person who has the alarm is told of a new start after a minute at most", () => {
  const taken = { person: 0, name: "Alice", channel: "call", how: "key", at: 0, confirmedAt: 0 } as const;
  const alarm = alarmWith({ state: "taken", taken, repeatedAt: 71 * MINUTE });
  expect(resumeAlarm({ alarm, tries: [] }, null, contextAt(11 * MINUTE)).alarm.repeatedAt).toBe(11 * MINUTE);
});

test("if the system clock is changed while the app runs, all stored times of an alarm change by the same amount", () => {
  const { alarm, tries } = shiftTimes(
    { alarm: alarmWith(), tries: [endedCall(1, 0, "busy", MINUTE)] },
    5 * MINUTE,
  );
  expect([alarm.startedAt, alarm.giveUpAt, tries[0]?.endedAt]).toEqual([5 * MINUTE, 65 * MINUTE, 6 * MINUTE]);
});
