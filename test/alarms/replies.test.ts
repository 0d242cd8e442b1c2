import { describe, expect, test } from "vitest";

import type { Alarm } from "../../src/alarms/alarm.ts";
import { draftOf } from "../../src/alarms/changes/change.ts";
import type { Draft } from "../../src/alarms/changes/change.ts";
import { pressButton } from "../../src/alarms/changes/press-button.ts";
import { receiveText } from "../../src/alarms/changes/reply.ts";
import { settle } from "../../src/alarms/changes/settle.ts";
import { SYSTEM_CHANCE } from "../../src/app/system/chance.ts";
import { alarmWith, endedCall, personAt, tryOf } from "./engine/alarm-with.ts";

const CONTEXT = {
  now: 60_000,
  chance: SYSTEM_CHANCE,
  deliveryOf: () => null,
  remainingTries: () => 9,
  callsTo: () => [],
  whatsappTemplate: null,
};
const ALICE = personAt(0, { code: "123456", channels: ["sms"] });
const OPEN = draftOf({
  alarm: alarmWith({ people: [ALICE, personAt(1)] }),
  tries: [tryOf(1, 0, { channel: "sms", outcome: "delivered", sid: "SM1" })],
});

function textOf(body: string, fields: Partial<Parameters<typeof receiveText>[1]> = {}) {
  return { seq: 7, from: ALICE.number, body, isKeyword: false, buttonOf: null, buttonPayload: "", ...fields };
}

/**
 * Returns the effect of a text on the alarm: `taken`, `asked` (for the code) or nothing, with the number of wrong
 * codes.
 */
function effectOf(body: string, fields: Partial<Parameters<typeof receiveText>[1]> = {}): string {
  const { alarm, tries } = receiveText(OPEN, textOf(body, fields), ["777777"], CONTEXT);
  const answer = tries.at(-1)?.purpose === "code" ? "asked" : "nothing";
  return `${alarm.taken === null ? answer : "taken"} ${alarm.people[0]?.wrongCodes}`;
}

test.each([
  "123456",
  " 123456\n",
  "123 456",
  "123-456",
  "1 2 3 4 5 6",
  "123456 ok",
  "ok 123456!",
  "1 123456",
  "I am there in 10 minutes, 123456",
  "Komme sofort. 123456",
  "Code:123456",
  "１２３４５６",
  "123\u00a0456",
  "123\u2013456",
  "123\u200b456",
  "\u0661\u0662\u0663\u0664\u0665\u0666",
])("a person who replies `%s` to the alarm's text takes the alarm", (body) => {
  expect(effectOf(body)).toBe("taken 0");
});

test.each(["ok", "1", "coming", "Ja, ich komme", "OK 👍", "bin in 10 Minuten da", ""])(
  "a person who replies `%s`, without the code, gets the code in an answer",
  (body) => {
    expect(effectOf(body)).toBe("asked 0");
  },
);

test.each(["+1 212 555 0123: ok", "0151 234567 is on the way", "+49 (151) 234567", "Call 212-555-0123"])(
  "a phone number in the reply `%s` does not count as a wrong code",
  (body) => {
    expect(effectOf(body)).toBe("asked 0");
  },
);

test("a reply with the code and a phone number takes the alarm, and one with a wrong code and a short number counts as wrong", () => {
  expect(effectOf("+1 212 555 0123: 123456")).toBe("taken 0");
  expect(effectOf("1 654321")).toBe("asked 1");
});

const ASKED = "Water: Water in the cellar. To take this alarm, reply 123456.";

test.each([
  `Disliked “${ASKED}”`,
  `Reacted 👎 to "${ASKED}"`,
  `Gefällt mir nicht: „${ASKED}“`,
  `I cannot.\n> ${ASKED}`,
])("the reaction or quotation `%s` does not take the alarm, and is answered with the code", (body) => {
  expect(effectOf(body)).toBe("asked 0");
});

test("a reaction with the code after the quoted message takes the alarm, and so do copied words of the message that contain the code", () => {
  expect(effectOf(`Liked “${ASKED}” 123456`)).toBe("taken 0");
  expect(effectOf("reply 123456.")).toBe("taken 0");
});

test.each(["123456 911 is called", "123456 123456", "123456 20:15 or 20:30"])(
  "the code beside other numbers in the reply `%s` takes the alarm",
  (body) => {
    expect(effectOf(body)).toBe("taken 0");
  },
);

test("a reply by RCS, whose sender is the person's number after `rcs:`, takes the alarm", () => {
  expect(effectOf("123456", { from: `rcs:${ALICE.number}` })).toBe("taken 0");
});

test.each(["STOP", "stopp", "Help", "CANCEL!"])(
  "the reply `%s` is a keyword of Twilio's, so the alarm ignores it",
  (body) => {
    expect(effectOf(body)).toBe("nothing 0");
  },
);

test("a reply with a wrong code counts as a failed attempt, but the code of another alarm does not", () => {
  expect(effectOf("654321")).toBe("asked 1");
  expect(effectOf("777777")).toBe("nothing 0");
  expect(effectOf("777777 and 123456")).toBe("taken 0");
});

test.each([" ", ", ", "\n"])(
  "a list of guesses divided by %j takes no alarm, and counts as a wrong code",
  (divider) => {
    const guesses = [...Array.from({ length: 6 }, (_, index) => String(654_321 + index)), "123456"];
    expect(effectOf(guesses.join(divider))).toBe("asked 1");
    expect(effectOf(["654321", "654322"].join(divider))).toBe("asked 1");
  },
);

test("a reaction takes no alarm if a network has replaced characters of the quoted message", () => {
  expect(effectOf("Disliked “Water - Water in the cellar. To take this alarm, reply 123456.”")).toBe(
    "asked 0",
  );
});

test("a WhatsApp button takes the alarm if it belongs to the app's message to this person, or if its payload contains the code", () => {
  expect(effectOf("Take it", { buttonOf: "SM1" })).toBe("taken 0");
  expect(effectOf("Take it", { buttonOf: "SM2" })).toBe("asked 0");
  expect(effectOf("Take it", { buttonPayload: "123456" })).toBe("taken 0");
});

describe("a WhatsApp button of a message with an older revision", () => {
  const old = tryOf(1, 0, { channel: "whatsapp", outcome: "delivered", sid: "SM1" });
  const reminder = tryOf(2, 0, { channel: "whatsapp", purpose: "remind", outcome: "delivered", sid: "SM2" });
  const revisions = [
    { revision: 1, message: "Water in the cellar.", at: 0, fromRound: 1 },
    { revision: 2, message: "Water in the kitchen.", at: 30_000, fromRound: 2 },
  ];
  const people = [ALICE, personAt(1)];
  const owner = { person: 0, name: "Alice", channel: "sms", how: "reply", at: 0, confirmedAt: 0 } as const;
  const pressed = (alarm: Partial<Alarm>, buttonOf: string) =>
    receiveText(
      draftOf({ alarm: alarmWith({ people, revisions, ...alarm }), tries: [old, reminder] }),
      textOf("Take it", { buttonOf, from: `whatsapp:${ALICE.number}` }),
      [],
      CONTEXT,
    );

  test.each(["SM1", "SM2"])(
    "does not take the open alarm, but is answered with the code (%s)",
    (buttonOf) => {
      const { alarm, tries } = pressed({}, buttonOf);
      expect(alarm.state).toBe("open");
      expect(tries.at(-1)).toMatchObject({ person: 0, channel: "whatsapp", purpose: "code", revision: 2 });
    },
  );

  test.each(["SM1", "SM2"])("confirms the alarm of the person who has taken it (%s)", (buttonOf) => {
    const { alarm } = pressed({ state: "taken", taken: owner }, buttonOf);
    expect(alarm.taken?.confirmedAt).toBe(CONTEXT.now);
  });
});

test("somebody who presses a push's button after another person took the alarm gets one message that says who took it", () => {
  const taken = { person: 1, name: "Bob", channel: "call", how: "key", at: 0, confirmedAt: 0 } as const;
  const alarm = alarmWith({ state: "taken", taken, people: [personAt(0, { push: "alice" }), personAt(1)] });
  const person = alarm.people[0] ?? personAt(0);
  const pressed = pressButton(draftOf({ alarm, tries: [] }), person, CONTEXT);
  expect(pressed.alarm.taken?.name).toBe("Bob");
  expect(pressed.tries).toMatchObject([{ person: 0, channel: "push", purpose: "inform" }]);
  expect(pressButton(pressed, pressed.alarm.people[0] ?? person, CONTEXT).tries).toHaveLength(1);
});

test("if an alarm is open again, a person who replies gets the code, even if the app had told that person who took it", () => {
  const context = { ...CONTEXT, now: 1_000_000 };
  const bob = { person: 1, name: "Bob", channel: "call", how: "key", at: 0, confirmedAt: 0 } as const;
  const people = [{ ...ALICE, wasSentCode: true, knowsOwner: true }, personAt(1)];
  const alarm = alarmWith({ state: "taken", taken: bob, people }, { remindSeconds: 900 });
  const reminder = endedCall(1, 1, "rang_out", 950_000, { purpose: "remind", at: 900_000 });
  const open = settle(draftOf({ alarm, tries: [reminder] }), context);
  expect(open.alarm.state).toBe("open");
  const answered = receiveText(draftOf(open), textOf("ok"), [], context);
  expect(answered.tries.at(-1)).toMatchObject({ person: 0, purpose: "code" });
});

test("after an alarm got another message while it was taken and is open again, people's earlier codes and buttons do not take it", () => {
  const context = { ...CONTEXT, now: 1_000_000 };
  const bob = { person: 1, name: "Bob", channel: "call", how: "key", at: 0, confirmedAt: 0 } as const;
  const first = { revision: 1, message: "Water in the cellar.", at: 0, fromRound: 1 };
  const quiet = { revision: 2, message: "Water in the kitchen.", at: 60_000, fromRound: 1 };
  const asked = tryOf(1, 0, { channel: "sms", outcome: "delivered", sid: "SM1" });
  const reminder = endedCall(2, 1, "rang_out", 950_000, { purpose: "remind", at: 900_000, revision: 2 });
  const reopened = (revisions: Alarm["revisions"]) => {
    const alarm = alarmWith(
      { state: "taken", taken: bob, people: [ALICE, personAt(1)], revisions },
      { remindSeconds: 900 },
    );
    return draftOf(settle(draftOf({ alarm, tries: [asked, reminder] }), context));
  };
  const stateAfter = (draft: Draft, body: string, buttonOf: string | null) =>
    receiveText(draft, textOf(body, { buttonOf }), [], context).alarm.state;
  const changed = reopened([first, quiet]);
  expect(changed.alarm.people.map(({ pushToken }) => pushToken)).not.toContain(ALICE.pushToken);
  expect([stateAfter(changed, "123456", null), stateAfter(changed, "Take it", "SM1")]).toEqual([
    "open",
    "open",
  ]);
  const same = reopened([first]);
  expect([stateAfter(same, "123456", null), stateAfter(same, "Take it", "SM1")]).toEqual(["taken", "taken"]);
});
