import { expect, test } from "vitest";

import type { TryOutcome } from "../../../src/alarms/alarm-try.ts";
import { answerKeys } from "../../../src/alarms/changes/answer-keys.ts";
import type { SettleOptions } from "../../../src/alarms/changes/settle.ts";
import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import { alarmWith, endedCall, tryOf } from "./alarm-with.ts";

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

/** The state of the alarm after somebody pressed 1 on a call that had `outcome` `secondsAgo` seconds earlier. */
function stateAfterKey(outcome: TryOutcome, secondsAgo: number): string {
  const stored = { alarm: alarmWith(), tries: [endedCall(1, 0, outcome, 0)] };
  const context = contextAt(secondsAgo * 1_000);
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

test("a person who presses the key for an older message does not take the alarm, but hears the present message first", () => {
  const revisions = [
    { revision: 1, message: "Water in the cellar.", at: 0, fromRound: 1 },
    { revision: 2, message: "Water in the kitchen.", at: 1_000, fromRound: 2 },
  ];
  const stored = { alarm: alarmWith({ revisions }), tries: [tryOf(1, 0, { answeredAt: 0 })] };
  const press = (revision: number) =>
    answerKeys(stored, 1, { revision, stage: "key", digits: "1" }, contextAt(2_000));
  expect(press(1).draft.alarm.state).toBe("open");
  expect(press(1).step).toMatchObject({
    say: expect.stringMatching(/^The alarm has changed\. Water\. Water in the kitchen\./),
    state: "2.key",
  });
  expect(press(2).draft.alarm.state).toBe("taken");
});

test.each(["1", "2", "9"])("the key %s for an older message has no effect", (digits) => {
  const [first] = alarmWith().revisions;
  const revisions = [first, { revision: 2, message: "Water.", at: 1_000, fromRound: 2 }].filter(
    (one) => one !== undefined,
  );
  const stored = { alarm: alarmWith({ revisions }), tries: [tryOf(1, 0, { answeredAt: 0 })] };
  const { draft } = answerKeys(stored, 1, { revision: 1, stage: "key", digits }, contextAt(2_000));
  expect([draft.alarm, draft.tries]).toEqual([stored.alarm, stored.tries]);
});
