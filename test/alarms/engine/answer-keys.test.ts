import { expect, test } from "vitest";

import type { TryOutcome } from "../../../src/alarms/alarm-try.ts";
import { answerKeys } from "../../../src/alarms/changes/answer-keys.ts";
import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import { alarmWith, endedCall } from "./alarm-with.ts";

/** The state of the alarm after somebody pressed 1 on a call that had `outcome` `secondsAgo` seconds earlier. */
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
  "a pressed key takes the alarm, although Twilio's API did not confirm that the call exists (outcome of the call: `%s`)",
  (outcome) => {
    expect(stateAfterKey(outcome, 30)).toBe("taken");
  },
);

test("a key whose webhook arrives more than 20 seconds after the call has ended does not take the alarm", () => {
  expect([stateAfterKey("answered", 19), stateAfterKey("answered", 21)]).toEqual(["taken", "open"]);
});
