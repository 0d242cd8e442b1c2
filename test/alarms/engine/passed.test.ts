import { expect, test } from "vitest";

import type { AlarmTry } from "../../../src/alarms/alarm-try.ts";
import type { Alarm } from "../../../src/alarms/alarm.ts";
import { answerKeys } from "../../../src/alarms/changes/answer-keys.ts";
import { draftOf } from "../../../src/alarms/changes/change.ts";
import { settle } from "../../../src/alarms/changes/settle.ts";
import type { SettleOptions } from "../../../src/alarms/changes/settle.ts";
import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import { alarmWith, endedCall, tryOf } from "./alarm-with.ts";

const SECOND = 1_000;
const KEYS = { revision: 1, stage: "key", digits: "2" } as const;
const ALICE_IS_BUSY = endedCall(1, 0, "busy", SECOND);

function contextAt(seconds: number): SettleOptions {
  return {
    now: seconds * SECOND,
    chance: SYSTEM_CHANCE,
    whatsappTemplate: null,
    deliveryOf: () => null,
    remainingTries: () => 100,
    callsTo: () => [],
  };
}

/** Passes on the alarm on the call with this number. Returns the calls that follow: the person and the round. */
function callsAfterPass(alarm: Alarm, tries: readonly AlarmTry[], number: number, seconds: number): string[] {
  const context = contextAt(seconds);
  const { draft } = answerKeys({ alarm, tries }, number, KEYS, context);
  return settle(draft, context)
    .tries.slice(tries.length)
    .map(({ person, round }) => `${person} ${round}`);
}

/** Carol has called the app before it asked her. */
const CAROL_CALLS = tryOf(2, 2, { purpose: "incoming", at: 2 * SECOND, answeredAt: 2 * SECOND });

test("if a person calls in and passes on the alarm before being asked, the next person in the order is called", () => {
  expect(callsAfterPass(alarmWith(), [ALICE_IS_BUSY, CAROL_CALLS], 2, 5)).toEqual(["1 1"]);
});

test("at the daily limit, the only person who may still be called is called even after passing on the alarm", () => {
  const alarm = alarmWith({ limitedRound: 1 });
  const texted = tryOf(1, 2, { channel: "push", outcome: "delivered", at: SECOND });
  const calledIn = tryOf(2, 0, {
    purpose: "incoming",
    at: 2 * SECOND,
    answeredAt: 2 * SECOND,
    passedAt: 5 * SECOND,
    outcome: "answered",
    endedAt: 6 * SECOND,
  });
  const { tries } = settle(draftOf({ alarm, tries: [texted, calledIn] }), contextAt(10));
  expect(tries.at(-1)).toMatchObject({ person: 0, channel: "call", purpose: "ask" });
});

test("a person who called in and passed on the alarm is not called in this round, but in the next one", () => {
  const bob = endedCall(3, 1, "busy", 4 * SECOND, { at: 2 * SECOND });
  const { draft } = answerKeys(
    { alarm: alarmWith(), tries: [ALICE_IS_BUSY, CAROL_CALLS, bob] },
    2,
    KEYS,
    contextAt(5),
  );
  const hungUp = draft.tries.map((made) =>
    made.number === 2 ? { ...made, outcome: "answered" as const, endedAt: 6 * SECOND } : made,
  );
  expect(settle({ ...draft, tries: hungUp }, contextAt(10)).tries).toEqual(hungUp);
  const first = { ...draft, alarm: alarmWith({ firstPerson: 2 }), tries: hungUp };
  expect(settle(first, contextAt(400)).tries.at(-1)).toMatchObject({ person: 2, round: 2, purpose: "ask" });
});

test("a person on a call of an earlier round who passes on the alarm is not called in the present round", () => {
  const alarm = alarmWith({}, { order: "all_at_once" });
  const onThePhone = tryOf(1, 0, { answeredAt: 0 });
  const others = [1, 2].flatMap((person) => [
    endedCall(person + 1, person, "busy", SECOND),
    endedCall(person + 3, person, "busy", 101 * SECOND, { round: 2, at: 100 * SECOND }),
  ]);
  const context = contextAt(104);
  const { draft } = answerKeys({ alarm, tries: [onThePhone, ...others] }, 1, KEYS, context);
  const tries = draft.tries.map((made) =>
    made.number === 1 ? { ...made, outcome: "answered" as const, endedAt: 105 * SECOND } : made,
  );
  expect(settle({ ...draft, tries }, contextAt(106)).tries).toHaveLength(tries.length);
});
