import { expect, test, vi } from "vitest";

import { ALICE, BOB, startAlarmHouse } from "./start-alarm-house.ts";
import type { AlarmData } from "./start-alarm-house.ts";

const WATER = { alarm: "Water", message: "Water in the cellar.", people: ["Alice"], calls: 1 };

test("a repeated start with the same message joins the open alarm, and one with another message calls the people again", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, people: ["Alice", "Bob"] });
  await house.ringsOut(ALICE);
  await house.rings(BOB);
  expect(await house.alarm({ ...WATER, people: ["Alice", "Bob"] })).toMatchObject({
    outcome: "joined",
    revision: 1,
  });
  expect(await house.alarm({ ...WATER, message: "Water in the kitchen." })).toMatchObject({
    outcome: "revised",
    revision: 2,
  });
  const alice = await house.answers(ALICE);
  await alice.until(() => alice.waitingFor === "gather");
  expect(alice.said[0]).toContain("Water in the kitchen.");
});

test("a start that joins an open alarm gets a warning with the people who are not called, because that alarm has other people", async () => {
  await using house = await startAlarmHouse();
  await house.alarm(WATER);
  expect(await house.alarm({ ...WATER, people: ["Alice", "Bob", "Carol"] })).toMatchObject({
    outcome: "joined",
    warnings: [
      "This alarm is already in progress with other people, so it does not call these people: Bob, Carol.",
    ],
  });
});

test("a person on the phone hears the alarm's new message, and a key pressed then takes the alarm with the new message", async () => {
  await using house = await startAlarmHouse();
  await house.alarm(WATER);
  const alice = await house.answers(ALICE);
  await alice.until(() => alice.waitingFor === "gather");
  await house.alarm({ ...WATER, message: "Water in the kitchen." });
  await alice.until(() =>
    alice.said.some((text) => text.startsWith("The alarm has changed. Water. Water in the kitchen.")),
  );
  await alice.until(() => alice.waitingFor === "gather");
  await alice.press("1");
  expect(await house.hears("taken")).toMatchObject({ revision: 2, message: "Water in the kitchen." });
});

test("within `quiet_seconds`, a repeated start only sends a text to the person who took the alarm, at most once a minute", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, channels: ["sms"] });
  const [code = ""] = /\d{6}/.exec(await house.text(ALICE)) ?? [];
  await house.writes(ALICE, code);
  await house.hears("taken");
  expect(await house.alarm(WATER)).toMatchObject({ outcome: "repeated", state: "taken" });
  expect(await house.text(ALICE, /again/)).toBe(
    "You have the alarm Water. It was reported again: Water in the cellar.",
  );
  await house.hears("repeated");
  await house.alarm(WATER);
  house.advance(601);
  await house.hears("closed");
  expect(house.twilio.messages().filter(({ body }) => body.includes("again"))).toHaveLength(1);
});

test("the person who has the alarm gets each new message, also one that comes within a minute after the last text", async () => {
  await using house = await startAlarmHouse();
  const again = () =>
    house.twilio.messages().flatMap(({ body }) => (body.includes("again") ? [body.split(": ")[1]] : []));
  await house.alarm({ ...WATER, quiet_seconds: 100 });
  await house.alarm({ do: "take", alarm: "Water", person: "Alice" });
  await house.alarm({ ...WATER, message: "Water in the kitchen." });
  await vi.waitFor(() => expect(again()).toEqual(["Water in the kitchen."]));
  house.advance(45);
  await house.alarm({ ...WATER, message: "Fire in the kitchen." });
  await house.alarm({ ...WATER, message: "Fire in the whole house." });
  expect(again()).toHaveLength(1);
  await house.restart();
  house.advance(16);
  await vi.waitFor(() => expect(again()).toEqual(["Water in the kitchen.", "Fire in the whole house."]));
  house.advance(45);
  await house.hears("closed");
  expect(again()).toHaveLength(2);
});

test("a new alarm of the same name first calls the person who took the last one", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, people: ["Alice", "Bob"], quiet_seconds: 0 });
  await house.rings(ALICE);
  await house.alarm({ do: "take", alarm: "Water", person: "Bob" });
  await house.hears("closed");
  await house.alarm({ ...WATER, people: ["Alice", "Bob"] });
  await house.rings(BOB);
  expect(house.callsTo(ALICE)).toBe(1);
});

test("a person who does not confirm a reminder does not have the alarm any more, and everybody is called again", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, remind_seconds: 900 });
  const first = await house.answers(ALICE);
  await first.until(() => first.waitingFor === "gather");
  await first.press("1");
  await house.hears("taken");
  await first.over();
  house.advance(901);
  await house.ringsOut(ALICE);
  expect(await house.hears("repeated")).toMatchObject({ how: "reminder", person: "Alice" });
  const again = await house.answers(ALICE);
  await again.until(() => again.waitingFor === "gather");
  expect(again.said[0]).toBe("Water. Water in the cellar. To take this alarm, press 1.");
});

test("the push of a reminder stays on the phone until the alarm ends", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, channels: ["push"], remind_seconds: 900 });
  const pushes = () =>
    house.home.called
      .filter(({ service }) => service === "mobile_app_alice")
      .map(({ data }) => String((data as { readonly message?: unknown }).message));
  await vi.waitFor(() => expect(pushes()).toHaveLength(1));
  const action = /TWILIO_TAKE_[0-9a-f]{32}/.exec(JSON.stringify(house.home.called))?.[0];
  house.home.emit("mobile_app_notification_action", { action });
  await house.hears("taken");
  await vi.waitFor(() => expect(pushes().at(-1)).toBe("clear_notification"));
  house.advance(901);
  await vi.waitFor(() => expect(pushes().at(-1)).toContain("Are you still taking care of it?"));
  const shown = pushes().length;
  expect(await house.alarm({ do: "stop", alarm: "Water" })).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(pushes().slice(shown)).toEqual(["clear_notification"]));
});

test("events contain the alarm's name as the automation wrote it, and requests find the alarm if only case, spaces or invisible characters differ", async () => {
  await using house = await startAlarmHouse();
  const alarm = "⚠️ Water in  the cellar ";
  expect(await house.alarm({ ...WATER, alarm })).toMatchObject({ ok: true, alarm });
  expect(await house.hears("started")).toMatchObject({ alarm });
  expect(await house.alarm({ ...WATER, alarm: "⚠ water in the cellar" })).toMatchObject({
    outcome: "joined",
  });
  expect(await house.alarm({ do: "stop", alarm: "⚠ Water in the cellar" })).toMatchObject({ ok: true });
  expect(await house.hears("stopped")).toMatchObject({ alarm });
});

test("at the daily limit of tries, everybody gets a push, only the first person is called, and the alarm ends as `blocked`", async () => {
  await using house = await startAlarmHouse({ limits: { alarm_tries_per_day: 0 } });
  await house.alarm({ ...WATER, people: ["Bob", "Alice"], channels: ["call", "push"], calls: 2 });
  await house.ringsOut(BOB);
  await vi.waitFor(() =>
    expect(house.home.called.some(({ service }) => service === "mobile_app_alice")).toBe(true),
  );
  house.advance(31);
  await house.hears("blocked");
  expect([house.callsTo(ALICE), house.callsTo(BOB)]).toEqual([0, 1]);
});

test("a person takes the alarm with the button of its push notification", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, channels: ["push"] });
  const pushes = () => house.home.called.filter(({ service }) => service === "mobile_app_alice");
  await vi.waitFor(() => expect(pushes()).not.toEqual([]));
  expect(pushes()[0]?.data).toMatchObject({
    title: "Water",
    message: "Water in the cellar.",
    data: { ttl: 0 },
  });
  const action = /TWILIO_TAKE_[0-9a-f]{32}/.exec(JSON.stringify(pushes()[0]?.data))?.[0];
  house.home.emit("mobile_app_notification_action", { action });
  expect(await house.hears("taken")).toMatchObject({ person: "Alice", channel: "push", how: "push" });
  await vi.waitFor(() => expect(JSON.stringify(pushes().at(-1)?.data)).toContain("clear_notification"));
});

test("if the system clock is changed during an alarm, the pauses between its calls keep their length", async () => {
  await using house = await startAlarmHouse();
  await house.alarm(WATER);
  await house.ringsOut(ALICE);
  house.setClock(-7_200);
  expect(await house.secondsUntilRing(ALICE)).toBeLessThan(900);
  await house.ringsOut(ALICE);
  house.setClock(14_400);
  expect(await house.secondsUntilRing(ALICE)).toBeGreaterThan(50);
  expect(house.states()).not.toContain("unanswered");
});

test("every text of a test alarm says that it is a drill, and a contact's number is shown with the contact's name", async () => {
  await using house = await startAlarmHouse();
  const started = await house.alarm({ ...WATER, people: [ALICE], channels: ["call", "sms"], test: true });
  expect(started).toMatchObject({ ok: true });
  expect(await house.hears("started")).toMatchObject({ test: true });
  expect(await house.text(ALICE)).toMatch(/^This is a drill\. Water: Water in the cellar\./);
  const alice = await house.answers(ALICE);
  await alice.until(() => alice.waitingFor === "gather");
  expect(alice.said[0]).toMatch(/^This is a drill\. Water\. Water in the cellar\./);
  expect(await house.hears("calling")).toMatchObject({ person: "Alice" });
});

test.each<[string, AlarmData | string, string]>([
  ["an unknown name alone", { ...WATER, people: ["Nobody"] }, "Nobody can be called"],
  ["no people", { ...WATER, people: [] }, "so nothing was done. people: is missing"],
  ["no message", { alarm: "Water", people: ["Alice"] }, "so nothing was done. message: is missing"],
  ["another command", { do: "go" }, "do: must be start, take or stop"],
  [
    "a value that Home Assistant could not convert",
    "{'people': datetime.date(2026, 12, 24)}",
    "payload: contains a value that is neither a text, a number nor a list, such as an unquoted date",
  ],
  ["equal keys", { ...WATER, key: "1", pass_key: "1" }, "must differ from key"],
])(
  "a request for an alarm with %s is refused, and the result names the fault",
  async (_what, payload, message) => {
    await using house = await startAlarmHouse();
    const refused = await house.alarm(payload);
    expect(refused).toMatchObject({ ok: false, error: { code: "invalid" } });
    expect(JSON.stringify(refused["error"])).toContain(message);
  },
);

test("a request of an automation whose `request_id` begins with `alarm:` is refused", async () => {
  await using house = await startAlarmHouse();
  house.request({
    request_id: "alarm:x:1",
    command: "send_message",
    payload: { to: "Alice", message: "Hi" },
  });
  await vi.waitFor(() => expect(house.fired("twilio_result")).not.toEqual([]));
  expect(house.fired("twilio_result")[0]).toMatchObject({ ok: false, error: { code: "invalid" } });
  expect(house.posts()).toBe(0);
});
