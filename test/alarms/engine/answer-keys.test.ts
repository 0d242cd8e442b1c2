import { expect, test } from "vitest";

import type { TryOutcome } from "../../../src/alarms/alarm-try.ts";
import { answerKeys } from "../../../src/alarms/changes/answer-keys.ts";
import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import { alarmWith, endedCall } from "./alarm-with.ts";

/** The state of the alarm after the key 1 on a call whose try had this outcome so many seconds before. */
function stateAfterKey(outcome: TryOutcome, secondsAgo: number): string {
  const stored = { alarm: alarmWith(), tries: [endedCall(1, 0, outcome, 0)] };
  const context = {
    now: secondsAgo * 1_000,
    chance: SYSTEM_CHANCE,
    whatsappTemplate: null,
    deliveryOf: () => null,
    remainingTries: () => 100,
    callsTo: () => [],
  };
  return answerKeys(stored, 1, { revision: 1, stage: "key", digits: "1" }, context).draft.alarm.state;
}

test.each(["doubtful", "not_asked", "no_news"] as const)(
  "a key takes the alarm on a call that Twilio did not confirm (%s)",
  (outcome) => {
    expect(stateAfterKey(outcome, 30)).toBe("taken");
  },
);

test("a key has no effect if the call ended more than 20 seconds before", () => {
  expect([stateAfterKey("answered", 19), stateAfterKey("answered", 21)]).toEqual(["taken", "open"]);
});
