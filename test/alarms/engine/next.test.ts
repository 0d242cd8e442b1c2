import { describe, expect, test } from "vitest";

import type { AlarmTry } from "../../../src/alarms/alarm-try.ts";
import type { Alarm } from "../../../src/alarms/alarm.ts";
import { next } from "../../../src/alarms/engine/next.ts";
import { alarmWith, endedCall, personAt, tryOf } from "./alarm-with.ts";

const SECOND = 1_000;

/**
 * Returns the alarm's action at the time `seconds`: the person whom it tries (`person channel round`), until when it
 * waits, or how it ends.
 */
function step(alarm: Alarm, tries: readonly AlarmTry[], seconds: number): unknown {
  const found = next(alarm, tries, seconds * SECOND);
  switch (found.kind) {
    case "try":
      return found.tries.map(({ person, channel, round }) => `${person} ${channel} ${round}`);
    case "wait":
      return found.until === null ? "wait" : found.until / SECOND;
    case "reopen":
      return "reopen";
    case "end":
      return found.state;
  }
}

describe("an alarm that calls its people one after another", () => {
  test("calls the first person at once", () => {
    expect(step(alarmWith(), [], 0)).toEqual(["0 call 1"]);
  });

  test("calls no second person while the first phone rings", () => {
    const ringing = tryOf(1, 0, { acceptedAt: 0, ringingAt: 2 * SECOND });
    expect(step(alarmWith(), [ringing], 5)).toBe(2 + 25 + 15);
  });

  test("counts a queued call as ringing one minute after Twilio accepted the call", () => {
    expect(step(alarmWith(), [tryOf(1, 0, { acceptedAt: 0 })], 5)).toBe(60 + 25 + 15);
    expect(step(alarmWith(), [tryOf(1, 0, { acceptedAt: 0 })], 100)).toEqual(["1 call 1"]);
  });

  test.each(["busy", "failed", "canceled", "held_back"] as const)(
    "calls the next person at once after a call that ended as %s",
    (outcome) => {
      expect(step(alarmWith({}, { calls: 2 }), [endedCall(1, 0, outcome, 3 * SECOND)], 3)).toEqual([
        "1 call 1",
      ]);
    },
  );

  test("calls a person a second time at once if the phone rang without an answer", () => {
    const alarm = alarmWith({}, { calls: 2 });
    const first = endedCall(1, 0, "rang_out", 30 * SECOND);
    expect(step(alarm, [first], 30)).toEqual(["0 call 1"]);
    expect(step(alarm, [first, endedCall(2, 0, "rang_out", 60 * SECOND)], 60)).toEqual(["1 call 1"]);
  });

  test("calls the next person after a minute if the first person is still on the phone and has not taken the alarm", () => {
    const answered = tryOf(1, 0, { acceptedAt: 0, ringingAt: 0, answeredAt: 10 * SECOND });
    expect(step(alarmWith(), [answered], 20)).toBe(70);
    expect(step(alarmWith(), [answered], 70)).toEqual(["1 call 1"]);
  });

  test("calls the next person at once if the person on the phone presses the key to pass on the alarm", () => {
    const passed = tryOf(1, 0, { acceptedAt: 0, answeredAt: 10 * SECOND, passedAt: 15 * SECOND });
    expect(step(alarmWith(), [passed], 15)).toEqual(["1 call 1"]);
  });

  test("repeats a call one time if the app does not know whether Twilio made it", () => {
    const doubtful = endedCall(1, 0, "doubtful", 20 * SECOND);
    expect(step(alarmWith(), [doubtful], 20)).toEqual(["0 call 1"]);
    expect(step(alarmWith(), [doubtful, endedCall(2, 0, "not_asked", 40 * SECOND)], 40)).toEqual([
      "1 call 1",
    ]);
  });

  test("sends texts and pushes together with the call, and waits for replies before it calls the next person", () => {
    const people = [
      personAt(0, { channels: ["call", "sms", "push"], push: "mobile_app_alice" }),
      personAt(1),
    ];
    const alarm = alarmWith({ people });
    expect(step(alarm, [], 0)).toEqual(["0 call 1", "0 sms 1", "0 push 1"]);
    const tries = [
      endedCall(1, 0, "busy", 3 * SECOND),
      tryOf(2, 0, { channel: "sms", outcome: "delivered", acceptedAt: SECOND, endedAt: SECOND }),
      tryOf(3, 0, { channel: "push", outcome: "failed", endedAt: SECOND }),
    ];
    expect(step(alarm, tries, 3)).toBe(31);
    expect(step(alarm, tries, 31)).toEqual(["1 call 1"]);
  });
});

describe("rounds, in which an alarm calls all its people again,", () => {
  const all = [0, 1, 2].map((person) => endedCall(person + 1, person, "rang_out", 90 * SECOND));

  test("are separated by the pause of `pause_seconds`", () => {
    expect(step(alarmWith(), all, 90)).toBe(150);
    expect(step(alarmWith(), all, 150)).toEqual(["0 call 2"]);
  });

  test("do not end the alarm after a crash, while it is not known whether Twilio got the last calls", () => {
    const alarm = alarmWith({ people: [personAt(0)] }, { rounds: 1, calls: 1 });
    expect(step(alarm, [tryOf(1, 0)], 90)).not.toBe("unanswered");
    expect(step(alarm, [endedCall(1, 0, "rang_out", 25 * SECOND)], 90)).toBe("unanswered");
  });

  test("end the alarm as unanswered after the last of them", () => {
    expect(step(alarmWith({}, { rounds: 1 }), all, 90)).toBe("unanswered");
  });

  test("do not count towards the limit `rounds` if Twilio was unreachable during them", () => {
    const away = [0, 1, 2].flatMap((person) => [
      endedCall(2 * person + 1, person, "not_asked", 90 * SECOND),
      endedCall(2 * person + 2, person, "not_asked", 90 * SECOND),
    ]);
    expect(step(alarmWith({}, { rounds: 1 }), away, 90)).toBe(150);
  });

  test("do not count towards the limit `rounds` if the app held back all their calls, and the next round begins a minute later", () => {
    const alarm = alarmWith({ people: [personAt(0)] }, { rounds: 2, pauseSeconds: 5 });
    const held = [endedCall(1, 0, "held_back", 10 * SECOND), endedCall(2, 0, "held_back", 20 * SECOND)];
    const tries = held.map((made, index) => ({ ...made, round: index + 1 }));
    expect(step(alarm, tries, 30)).toBe(80);
    expect(step(alarm, tries, 80)).toEqual(["0 call 3"]);
  });

  test("end when `give_up_after` is over, but not while a person is being called", () => {
    expect(step(alarmWith({ giveUpAt: 100 * SECOND }), all, 100)).toBe("unanswered");
    const ringing = tryOf(1, 0, { acceptedAt: 99 * SECOND, ringingAt: 99 * SECOND, at: 99 * SECOND });
    expect(step(alarmWith({ giveUpAt: 100 * SECOND }), [ringing], 100)).toBe(99 + 40);
  });

  test("do not go on after `give_up_after`, and the alarm ends at most one minute after a person on the phone has answered", () => {
    const onTheLine = tryOf(1, 0, { acceptedAt: 0, ringingAt: 2 * SECOND, answeredAt: 95 * SECOND });
    const made = [onTheLine, endedCall(2, 1, "busy", 90 * SECOND)];
    expect(step(alarmWith({ giveUpAt: 100 * SECOND }), made, 100)).toBe(95 + 60);
    expect(step(alarmWith({ giveUpAt: 100 * SECOND }), made, 155)).toBe("unanswered");
  });

  test("begin again with the first person if the alarm gets a new message", () => {
    const revisions = [
      { revision: 1, message: "Water in the cellar.", at: 0, fromRound: 1 },
      { revision: 2, message: "Water in the kitchen.", at: 0, fromRound: 2 },
    ];
    expect(step(alarmWith({ revisions }), all.slice(0, 2), 90)).toEqual(["0 call 2"]);
  });

  test("leave out a person who is still on the phone", () => {
    const onThePhone = tryOf(1, 0, { acceptedAt: 0, answeredAt: 100 * SECOND });
    const tries = [onThePhone, ...all.slice(1)];
    expect(step(alarmWith(), tries, 120)).toBe(150);
    expect(step(alarmWith(), tries, 150)).toBe(160);
    expect(step(alarmWith(), tries, 160)).toEqual(["1 call 2"]);
    const twoRounds = [...tries, endedCall(4, 1, "busy", 161 * SECOND, { round: 2 })];
    expect(step(alarmWith(), twoRounds, 161)).toEqual(["2 call 2"]);
  });
});

test("an alarm that calls all its people at once repeats a call that nobody answered", () => {
  const alarm = alarmWith({}, { order: "all_at_once", calls: 2 });
  expect(step(alarm, [], 0)).toEqual(["0 call 1", "1 call 1", "2 call 1"]);
  const tries = [tryOf(1, 0), endedCall(2, 1, "rang_out", 25 * SECOND), endedCall(3, 2, "busy", SECOND)];
  expect(step(alarm, tries, 25)).toEqual(["1 call 1"]);
});

test("at the daily limit of tries, an alarm sends everybody a push and calls the first person, and then it ends", () => {
  const people = [personAt(0), personAt(1, { channels: ["call", "push"], push: "mobile_app_bob" })];
  const alarm = alarmWith({ people, limitedRound: 1 });
  expect(step(alarm, [], 0)).toEqual(["0 call 1", "1 push 1"]);
  const tries = [
    endedCall(1, 0, "rang_out", 25 * SECOND),
    tryOf(2, 1, { channel: "push", outcome: "delivered", acceptedAt: 0 }),
  ];
  expect(step(alarm, tries, 30)).toBe("blocked");
});

test("at the daily limit of tries, an alarm calls one person, even if all its people get only texts normally", () => {
  const people = [personAt(0, { channels: ["sms"] }), personAt(1, { channels: ["sms"] })];
  expect(step(alarmWith({ people, limitedRound: 1 }), [], 0)).toEqual(["0 call 1"]);
  const texted = [personAt(0, { channels: ["sms"] }), personAt(1)];
  expect(step(alarmWith({ people: texted, limitedRound: 1 }), [], 0)).toEqual(["1 call 1"]);
});

describe("an alarm that somebody has taken", () => {
  const taken = { person: 0, name: "Alice", channel: "call", how: "key", at: 0, confirmedAt: 0 } as const;

  test("is closed after `quiet_seconds`", () => {
    const alarm = alarmWith({ state: "taken", taken });
    expect(step(alarm, [], 10)).toBe(600);
    expect(step(alarm, [], 600)).toBe("closed");
  });

  test("asks the same person again after `remind_seconds`, and is open again if that person does not confirm", () => {
    const alarm = alarmWith({ state: "taken", taken }, { remindSeconds: 900 });
    expect(step(alarm, [], 600)).toBe(900);
    expect(step(alarm, [], 900)).toEqual(["0 call 1"]);
    const reminder = endedCall(1, 0, "rang_out", 930 * SECOND, { purpose: "remind", at: 900 * SECOND });
    expect(step(alarm, [reminder], 930)).toBe("reopen");
  });

  test.each(["held_back", "not_asked"] as const)(
    "a reminder that could not be made (%s) is repeated after a minute, and calls nobody else",
    (outcome) => {
      const alarm = alarmWith({ state: "taken", taken }, { remindSeconds: 900 });
      const made = [1, 2].map((number) =>
        endedCall(number, 0, outcome, 910 * SECOND, { purpose: "remind", at: 900 * SECOND }),
      );
      expect(step(alarm, made, 911)).toBe(970);
      expect(step(alarm, made, 970)).toEqual(["0 call 1"]);
      const third = { purpose: "remind", at: 970 * SECOND } as const;
      expect(step(alarm, [...made, endedCall(3, 0, outcome, 971 * SECOND, third)], 971)).toBe(1_031);
      expect(step(alarm, [...made, endedCall(3, 0, "rang_out", 999 * SECOND, third)], 999)).toBe("reopen");
    },
  );

  test("an alarm is open again if no reminder could be made for 15 minutes, so that the others are asked", () => {
    const alarm = alarmWith({ state: "taken", taken }, { remindSeconds: 900 });
    const asked = { purpose: "remind", at: 900 * SECOND } as const;
    const made = Array.from({ length: 15 }, (_, index) => [
      endedCall(2 * index + 1, 0, "not_asked", (905 + 60 * index) * SECOND, asked),
      endedCall(2 * index + 2, 0, "not_asked", (910 + 60 * index) * SECOND, asked),
    ]).flat();
    expect(step(alarm, made, 1_760)).toBe(1_800);
    expect(step(alarm, made, 1_799)).toBe(1_800);
    expect(step(alarm, made, 1_800)).toBe("reopen");
  });

  test("a person who is still on the line when the reminder is due keeps the alarm, and is asked later", () => {
    const alarm = alarmWith({ state: "taken", taken }, { remindSeconds: 900 });
    const talking = tryOf(1, 0, { acceptedAt: 0, ringingAt: 0, answeredAt: 0 });
    expect(step(alarm, [talking], 900)).toBe(960);
    expect(step(alarm, [{ ...talking, outcome: "answered", endedAt: 950 * SECOND }], 960)).toEqual([
      "0 call 1",
    ]);
  });

  test("a push without an answer does not replace a reminder call that could not be made", () => {
    const people = [personAt(0, { channels: ["call", "push"], push: "mobile_app_alice" }), personAt(1)];
    const alarm = alarmWith({ state: "taken", taken, people }, { remindSeconds: 900 });
    const asked = { purpose: "remind", at: 900 * SECOND } as const;
    const push = endedCall(2, 0, "delivered", 900 * SECOND, {
      ...asked,
      channel: "push",
      acceptedAt: 900 * SECOND,
    });
    const made = [endedCall(1, 0, "held_back", 900 * SECOND, asked), push];
    expect(step(alarm, made, 940)).toBe(960);
    expect(step(alarm, made, 960)).toEqual(["0 call 1"]);
  });
});

describe("an alarm that has ended", () => {
  test("sends each person one last message by the first channel, and by the next channel if the first one fails", () => {
    const people = [personAt(0, { push: "mobile_app_alice" }), personAt(1)];
    const alarm = alarmWith({ people, state: "unanswered" });
    expect(step(alarm, [], 0)).toEqual(["0 sms 1", "1 sms 1"]);
    const failed = tryOf(1, 0, { channel: "sms", purpose: "end", outcome: "failed" });
    const sent = tryOf(2, 1, { channel: "sms", purpose: "end", outcome: "delivered" });
    expect(step(alarm, [failed, sent], 1)).toEqual(["0 push 1"]);
  });

  test("sends no last message if an automation stopped the alarm", () => {
    expect(step(alarmWith({ state: "stopped" }), [], 0)).toBe("wait");
  });
});
