import { expect, test, vi } from "vitest";

import { nameFromMessage, nameOfDrill } from "../../src/alarms/alarm-name.ts";
import { ExactNumber } from "../../src/domain/payload/exact-number.ts";
import { ALICE, BOB, CAROL, startAlarmHouse } from "./start-alarm-house.ts";

const WATER = { alarm: "Water", message: "Water in the cellar.", people: ["Alice"], calls: 1 };

test.each<[string, object]>([
  ["null as the channels of one person", { people: [{ person: "Alice", channels: null }] }],
  ["an empty text as the channels of one person", { people: [{ person: "Alice", channels: " " }] }],
  ["an empty list as the channels of one person", { people: [{ person: "Alice", channels: [] }] }],
  ["channels in one text with a semicolon", { channels: "Call; SMS" }],
  ["the state of a number entity as the key", { key: new ExactNumber("3.0") }],
  ["the time of the start with decimals", { fired_at: Date.now() / 1_000 }],
])("an alarm that has %s calls people", async (_what, fields) => {
  await using house = await startAlarmHouse();
  expect(await house.alarm({ ...WATER, ...fields })).toMatchObject({ ok: true, warnings: [] });
  await house.rings(ALICE);
});

test("a mapping in `people` can name several people with the same channels", async () => {
  await using house = await startAlarmHouse();
  const people = [{ person: ["Alice", null, "Bob"], channels: "sms" }, "Carol"];
  const started = await house.alarm({ ...WATER, people, order: "all_at_once" });
  expect(started).toMatchObject({ ok: true, warnings: [] });
  await house.text(ALICE);
  await house.text(BOB);
  await house.rings(CAROL);
});

test("if `people` is a list with more than 50 people, the first 50 are called, and the result warns how many are not", async () => {
  await using house = await startAlarmHouse();
  const people = Array.from({ length: 52 }, (_, index) => `+49151234567${10 + index}`);
  const started = await house.alarm({ ...WATER, people });
  expect(started).toMatchObject({ ok: true, warnings: [expect.stringContaining("the last 2")] });
});

test("a message that is too long is cut between two characters, and the result warns about it", async () => {
  await using house = await startAlarmHouse();
  const started = await house.alarm({ ...WATER, message: `${"x".repeat(999)}😀 and more` });
  expect(started).toMatchObject({ ok: true, warnings: [expect.stringContaining("its first 1000")] });
  expect(await house.hears("started")).toMatchObject({ message: "x".repeat(999) });
});

test("the automatic name of an alarm or drill contains no half emoji", () => {
  expect(nameFromMessage(`${"x".repeat(59)}😀`, [{ name: "Alice" }])).toBe(`${"x".repeat(59)} (Alice)`);
  expect(nameOfDrill([`${"x".repeat(189)}😀`], "en")).toBe(`Drill for ${"x".repeat(189)}`);
});

test("if `key` is 2 and no key to pass on is named, the next person is called after the key 1", async () => {
  await using house = await startAlarmHouse();
  expect(await house.alarm({ ...WATER, key: 2, people: ["Alice", "Bob"] })).toMatchObject({ ok: true });
  const alice = await house.answers(ALICE);
  await alice.until(() => alice.waitingFor === "gather");
  expect(alice.said[0]).toContain("To take this alarm, press 2. If you cannot take it, press 1.");
  await alice.press("1");
  await house.rings(BOB);
});

test("two contacts with the same number are one person, who keeps the push action, and the result says so", async () => {
  const contacts = [
    { name: "Mum", number: ALICE, push: "mobile_app_mum", pin: "4711" },
    { name: "Dad", number: ALICE },
  ];
  await using house = await startAlarmHouse({ contacts });
  const people = ["Mum", "Dad"];
  const started = await house.alarm({ ...WATER, people, channels: ["call", "push"], confirm: "pin" });
  expect(started["warnings"]).toContain(
    "Mum and Dad have the same number, so the alarm treats them as one person: Mum.",
  );
  await house.rings(ALICE);
  expect(await house.hears("calling")).toMatchObject({ person: "Mum" });
  expect(house.home.called.filter(({ domain }) => domain === "notify")).toMatchObject([
    { service: "mobile_app_mum" },
  ]);
});

test("a contact that is listed twice has the push action and the PIN of both entries", async () => {
  const contacts = [
    { name: "Mum", number: ALICE },
    { name: "mum", number: "(212) 555-0101", push: "mobile_app_mum", pin: "4711" },
  ];
  await using house = await startAlarmHouse({ contacts });
  await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true));
  const started = await house.alarm({ ...WATER, people: "Mum", channels: "push", confirm: "pin" });
  expect(started).toMatchObject({ ok: true, warnings: [] });
  await vi.waitFor(() => expect(house.home.called.map(({ service }) => service)).toContain("mobile_app_mum"));
});

test.each<[string, unknown, string]>([
  ["a list with one name", [" bob ", null], "Bob"],
  ["a number of a template", new ExactNumber("12125550102.0"), "Bob"],
  ["an empty list", [[]], "Home Assistant"],
  ["the name of somebody whom the alarm does not call", "Zoe", "Zoe"],
])("`do: take` with %s as the person takes the alarm for this person", async (_what, person, name) => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, people: ["Alice", "Bob"] });
  expect(await house.alarm({ do: "take", alarm: "Water", person })).toMatchObject({ outcome: "taken" });
  expect(await house.hears("taken")).toMatchObject({ person: name });
});

test("with `test: true`, `do: take` and `do: stop` mean the drill, also while the alarm of the same name is open", async () => {
  await using house = await startAlarmHouse();
  await house.alarm(WATER);
  const drill = await house.alarm({ ...WATER, test: true, people: ["Bob"] });
  expect(await house.alarm({ do: "take", alarm: "Water", test: "yes" })).toMatchObject({ id: drill["id"] });
  expect(await house.alarm({ do: "stop", test: true })).toMatchObject({ id: drill["id"] });
  expect(await house.alarm({ do: "stop", alarm: "Water", test: true })).toMatchObject({
    error: { code: "no_alarm" },
  });
  expect(house.states()).not.toContain("stopped");
});
