import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect, test } from "vitest";

import { ALICE, BOB, CAROL, startAlarmHouse } from "./start-alarm-house.ts";

const WATER = { alarm: "Water", message: "Water in the cellar.", people: ["Alice", "Bob", "Carol"] };

test("Alice does not answer two calls, Bob presses the key to pass the alarm on, and Carol takes the alarm and hears a confirmation", async () => {
  await using house = await startAlarmHouse();
  expect(await house.alarm(WATER)).toMatchObject({
    ok: true,
    outcome: "started",
    state: "open",
    alarm: "Water",
  });
  await house.ringsOut(ALICE);
  await house.ringsOut(ALICE);
  const bob = await house.answers(BOB);
  await bob.until(() => bob.waitingFor === "gather");
  expect(bob.said[0]).toBe(
    "Water. Water in the cellar. To take this alarm, press 1. If you cannot take it, press 2. Then the next person is called.",
  );
  await bob.press("2");
  const carol = await house.answers(CAROL);
  await carol.until(() => carol.waitingFor === "gather");
  await carol.press("1");
  expect(await house.hears("taken")).toMatchObject({
    alarm: "Water",
    person: "Carol",
    how: "key",
    channel: "call",
    round: 1,
    test: false,
  });
  await carol.over();
  expect(carol.said.at(-1)).toBe("Thank you. You have it.");
  await bob.over();
  expect(bob.said.at(-1)).toBe("Thank you. The next person is called.");
  expect(house.states()).toEqual([
    "started",
    "calling Alice",
    "calling Alice",
    "calling Bob",
    "calling Carol",
    "taken Carol",
  ]);
  expect(await house.text(ALICE)).toBe("Water: Carol has the alarm. You do not need to do anything.");
});

test("a person who presses a wrong key hears the question again", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, people: ["Alice"] });
  const alice = await house.answers(ALICE);
  await alice.until(() => alice.waitingFor === "gather");
  await alice.press("9");
  await alice.until(() => alice.said.some((text) => text.startsWith("That was the wrong key.")));
  await alice.until(() => alice.waitingFor === "gather");
  await alice.press("1");
  expect(await house.hears("taken")).toMatchObject({ person: "Alice", how: "key" });
});

test("a text with the code takes the alarm, and a text without the code is answered once with the code", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, people: ["Alice", "Bob"], channels: ["sms"] });
  const sent = await house.text(ALICE);
  const [code = ""] = /\d{6}/.exec(sent) ?? [];
  expect(sent).toBe(`Water: Water in the cellar. To take this alarm, reply ${code}.`);
  await house.writes(ALICE, "ok, coming");
  expect(await house.text(ALICE, /^To take/)).toBe(`To take the alarm Water, reply ${code}.`);
  await house.writes(ALICE, "1");
  await house.writes(BOB, code);
  await house.writes(ALICE, `${code} ok`);
  expect(await house.hears("taken")).toMatchObject({ person: "Alice", how: "reply", channel: "sms" });
  expect(await house.text(ALICE, /You have it/)).toBe("Water: Thank you. You have it.");
  expect(
    house.twilio.messages().filter(({ to, body }) => to === ALICE && body.startsWith("To take the alarm")),
  ).toHaveLength(1);
});

test("when one person takes an alarm, the app ends the alarm's calls to all other people", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, order: "all_at_once" });
  const alice = await house.rings(ALICE);
  const bob = await house.answers(BOB);
  await bob.until(() => bob.waitingFor === "gather");
  const carol = await house.answers(CAROL);
  await carol.until(() => carol.waitingFor === "gather");
  await carol.press("1");
  await house.hears("taken");
  await alice.over();
  expect(alice.state).toBe("canceled");
  await bob.until(() => bob.said.includes("Carol has this alarm. You do not need to do anything."));
});

test("an alarm that nobody takes ends as `unanswered`, and each person gets one message about that", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, people: ["Bob", "Carol"], rounds: 1, calls: 1 });
  await house.ringsOut(BOB);
  await house.ringsOut(CAROL);
  await house.hears("unanswered");
  expect(await house.text(BOB)).toBe("Water: Nobody has taken this alarm. Water in the cellar.");
  expect(await house.text(CAROL)).toBe("Water: Nobody has taken this alarm. Water in the cellar.");
  expect(house.callsTo(BOB)).toBe(1);
});

test("a person of an open alarm who calls in is answered by the alarm, and the call does not count as unread", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, people: ["Alice"], calls: 1 });
  await house.ringsOut(ALICE);
  const back = await house.twilio.ring({ from: ALICE, to: "+15005550006" });
  await back.until(() => back.waitingFor === "gather");
  await back.press("1");
  expect(await house.hears("taken")).toMatchObject({ person: "Alice", how: "incoming_call" });
  using journal = new DatabaseSync(join(house.app.directory, "journal.db"), { readOnly: true });
  expect(journal.prepare("SELECT unread FROM conversation_entries WHERE source = 0").all()).toEqual([
    { unread: 0 },
  ]);
});

test("an alarm that nobody took calls everybody again after a pause, and continues after a restart of the app", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, people: ["Alice"], calls: 1, pause_seconds: 60 });
  await house.ringsOut(ALICE);
  await house.restart();
  await house.secondsUntilRing(ALICE);
  const alice = await house.answers(ALICE);
  await alice.until(() => alice.waitingFor === "gather");
  await alice.press("1");
  expect(await house.hears("taken")).toMatchObject({ person: "Alice", round: 2 });
});

test("an automation takes an alarm for a person with `do: take`, and ends it with `do: stop`", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, people: ["Alice", "Bob"] });
  await house.rings(ALICE);
  expect(await house.alarm({ do: "take", alarm: "water", person: "Bob" })).toMatchObject({
    ok: true,
    outcome: "taken",
  });
  expect(await house.hears("taken")).toMatchObject({ person: "Bob", how: "action" });
  expect(await house.alarm({ do: "stop", alarm: "Water" })).toMatchObject({ ok: true, state: "closed" });
  await house.hears("closed");
  expect(await house.alarm({ do: "stop", alarm: "Water" })).toMatchObject({
    ok: false,
    error: { code: "no_alarm" },
  });
});

test("an alarm's call says the alarm's name and then its message, or only the message if the alarm was started without a name", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ message: "Water in the cellar.", people: ["Alice"] });
  const alice = await house.answers(ALICE);
  await alice.until(() => alice.waitingFor === "gather");
  await house.alarm({ alarm: "Help!", message: "The button was pressed.", people: ["Bob"] });
  const bob = await house.answers(BOB);
  await bob.until(() => bob.waitingFor === "gather");
  expect([alice.said[0], bob.said[0]]).toEqual([
    "Water in the cellar. To take this alarm, press 1.",
    "Help! The button was pressed. To take this alarm, press 1.",
  ]);
});
