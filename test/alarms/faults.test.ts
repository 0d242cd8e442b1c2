import { expect, test, vi } from "vitest";

import { ExactNumber } from "../../src/domain/payload/exact-number.ts";
import { OURS } from "../app/start-house.ts";
import { ALICE, BOB, startAlarmHouse } from "./start-alarm-house.ts";

const WATER = { alarm: "Water", message: "Water in the cellar.", people: ["Alice"], calls: 1 };

test("while Twilio is unreachable, an alarm's failed calls do not count towards `rounds`, and it calls its people when Twilio is back", async () => {
  await using house = await startAlarmHouse();
  const open = await house.twilio.refuseConnections();
  await house.alarm({ ...WATER, rounds: 1 });
  let seconds = 0;
  await vi.waitFor(
    () => {
      house.advance(10);
      seconds += 10;
      expect(seconds).toBeGreaterThan(600);
    },
    { interval: 5 },
  );
  expect(house.states()).not.toContain("unanswered");
  await open();
  await house.secondsUntilRing(ALICE);
  const alice = await house.answers(ALICE);
  await alice.until(() => alice.waitingFor === "gather");
  await alice.press("1");
  expect(await house.hears("taken")).toMatchObject({ person: "Alice" });
});

test("without a public address, an alarm still calls its people, and the calls say how to take the alarm by text message", async () => {
  await using house = await startAlarmHouse({ public_url: "" });
  const started = await house.alarm(WATER);
  expect(JSON.stringify(started["warnings"])).toContain("public address is not known");
  const alice = await house.answers(ALICE);
  await alice.over();
  const [code = ""] = /\d( \d){5}/.exec(alice.said[0] ?? "") ?? [];
  expect(alice.said[0]).toBe(
    `Water. Water in the cellar. To take this alarm, send the code ${code} to this number by text message.`,
  );
  await house.alarm({ do: "take", alarm: "Water", person: "Alice" });
  expect(await house.hears("taken")).toMatchObject({ person: "Alice", how: "action" });
});

test("an alarm calls a person who is in its list twice only once in each round, and never calls the user's Twilio number", async () => {
  await using house = await startAlarmHouse();
  expect(await house.alarm({ ...WATER, people: [OURS] })).toMatchObject({ ok: false });
  const started = await house.alarm({ ...WATER, people: ["Alice", ALICE, OURS, "Bob"] });
  expect(started).toMatchObject({ ok: true });
  expect(started["warnings"]).toHaveLength(1);
  await house.ringsOut(ALICE);
  await house.rings(BOB);
  expect(house.callsTo(ALICE)).toBe(1);
  expect(house.callsTo(OURS)).toBe(0);
});

test.each([
  ["with a comma", "Alice, Bob"],
  ["with line breaks and empty lines", "Alice\n\n +1 (212) 555-0102 \n"],
  ["with a semicolon, as the last part of a list", ["Carol", "Alice; Bob"]],
])("if `people` is one text %s, all people in it are called", async (_how, people) => {
  await using house = await startAlarmHouse();
  const started = await house.alarm({ ...WATER, people, order: "all_at_once" });
  expect(started).toMatchObject({ ok: true, warnings: [] });
  await house.rings(ALICE);
  await house.rings(BOB);
});

test.each<[string, unknown]>([
  ["null, which an attribute without a value gives", null],
  ["an empty text", ""],
  ["a boolean", true],
  ["a number with decimals", 12.5],
])(
  "if one entry of `people` is %s, the result warns about it, and the others are called",
  async (_what, wrong) => {
    await using house = await startAlarmHouse();
    const started = await house.alarm({ ...WATER, people: [wrong, "Alice"] });
    expect(started).toMatchObject({
      ok: true,
      warnings: [expect.stringMatching(/^people: it is (empty|neither)/)],
    });
    await house.rings(ALICE);
  },
);

test("if an entry of `people` is a list, as from a template, the people in it are called", async () => {
  await using house = await startAlarmHouse();
  const people = [["Alice"], { person: "Bob" }];
  const started = await house.alarm({ ...WATER, people, order: "all_at_once" });
  expect(started).toMatchObject({ ok: true, warnings: [] });
  await house.rings(ALICE);
  await house.rings(BOB);
});

test("an empty entry of `channels` is ignored", async () => {
  await using house = await startAlarmHouse();
  expect(await house.alarm({ ...WATER, channels: ["call", null, ""] })).toMatchObject({ ok: true });
  await house.rings(ALICE);
});

test("if `people` is one text with more than 50 people, the first 50 are called, and the result warns how many are not", async () => {
  await using house = await startAlarmHouse();
  const numbers = Array.from({ length: 53 }, (_, index) => `+49151234567${10 + index}`);
  const started = await house.alarm({
    ...WATER,
    people: numbers.join(", "),
    channels: ["sms"],
    order: "all_at_once",
  });
  expect(started).toMatchObject({ ok: true });
  expect(String(started["warnings"])).toContain("at most 50 people, so it does not call the last 3");
  expect(await house.text(numbers[49] ?? "")).toContain("Water");
});

test("a phone number that a template has turned into a decimal number is still called", async () => {
  await using house = await startAlarmHouse();
  const people = [new ExactNumber(`${ALICE.slice(1)}.0`)];
  expect(await house.alarm({ ...WATER, people })).toMatchObject({ ok: true });
  await house.rings(ALICE);
});

test("if one person gets two alarms at the same time, each alarm is taken by its own six-digit code", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, channels: ["sms"] });
  const [water = ""] = /\d{6}/.exec(await house.text(ALICE, /^Water/)) ?? [];
  await house.alarm({
    alarm: "Smoke",
    message: "Smoke in the kitchen.",
    people: ["Alice"],
    channels: ["sms"],
  });
  const [smoke = ""] = /\d{6}/.exec(await house.text(ALICE, /^Smoke/)) ?? [];
  await house.writes(ALICE, smoke);
  expect(await house.hears("taken")).toMatchObject({ alarm: "Smoke" });
  await house.writes(ALICE, water);
  await house.text(ALICE, /^Water: Thank you/);
  const taken = () => house.states().filter((state) => state === "taken Alice");
  await vi.waitFor(() => expect(taken()).toHaveLength(2));
});

test("after five wrong codes, a person cannot take the alarm by text message any more", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, channels: ["sms"] });
  const [code = ""] = /\d{6}/.exec(await house.text(ALICE)) ?? [];
  const wrong = code === "000000" ? "111111" : "000000";
  for (let time = 0; time < 5; time += 1) await house.writes(ALICE, wrong);
  await house.writes(ALICE, code);
  await house.alarm({ do: "stop", alarm: "Water" });
  await house.hears("stopped");
  expect(house.states()).not.toContain("taken Alice");
});

test("with `confirm: pin`, a person takes the alarm only with the PIN of the contact", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, confirm: "pin" });
  const alice = await house.answers(ALICE);
  await alice.until(() => alice.waitingFor === "gather");
  await alice.press("1");
  await alice.until(() => alice.said.includes("Enter your PIN.") && alice.waitingFor === "gather");
  await alice.press("1234");
  await alice.until(() => alice.said.some((text) => text.startsWith("That is not your PIN.")));
  await alice.until(() => alice.waitingFor === "gather");
  expect(house.states()).not.toContain("taken Alice");
  await alice.press("4711");
  expect(await house.hears("taken")).toMatchObject({ person: "Alice", how: "key" });
});
