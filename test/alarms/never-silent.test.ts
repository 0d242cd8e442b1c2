import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect, test, vi } from "vitest";

import { settle } from "../../src/alarms/changes/settle.ts";
import { newAlarm } from "../../src/alarms/changes/start.ts";
import { createAlarmRunner } from "../../src/alarms/run-alarms.ts";
import { SYSTEM_CHANCE } from "../../src/app/system/chance.ts";
import { createTestClock } from "../app/create-test-clock.ts";
import { openTestStore } from "../journal/open-test-store.ts";
import { TERMS } from "./engine/alarm-with.ts";
import { ALICE, BOB, startAlarmHouse } from "./start-alarm-house.ts";

const WATER = { alarm: "Water", message: "Water in the cellar.", people: ["Alice"], calls: 1 };
const SHORT = {
  ...WATER,
  people: ["Alice", "Bob"],
  give_up_after: 40,
  quiet_seconds: 10,
  remind_seconds: 600,
};

/** The time `seconds` ago, as a script gives it in `fired_at`. */
function firedBefore(seconds: number): number {
  return Math.floor(Date.now() / 1_000) - seconds;
}

test("if the system clock is set ahead, all open alarms stay open", async () => {
  await using house = await startAlarmHouse();
  for (const alarm of ["Water", "Smoke", "Door"])
    await house.alarm({ ...WATER, alarm, message: alarm, people: ["Alice", "Bob"], pause_seconds: 5 });
  await house.rings(ALICE);
  house.setClock(7_200);
  for (let seconds = 0; seconds < 200; seconds += 10) {
    house.advance(10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await vi.waitFor(() => expect(house.callsTo(BOB)).toBeGreaterThan(0));
  expect(house.states()).not.toContain("unanswered");
});

test("while Twilio refuses the credentials, an alarm's failed calls do not count towards `rounds`, and it calls its people when Twilio accepts the credentials again", async () => {
  let isRefused = true;
  const refusal = { kind: "error", status: 401, code: 20003, message: "Authenticate" } as const;
  await using house = await startAlarmHouse({}, { chooseFault: () => (isRefused ? refusal : undefined) });
  await house.alarm({ ...WATER, rounds: 1, pause_seconds: 5 });
  for (let seconds = 0; seconds < 300; seconds += 5) {
    house.advance(5);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(house.states()).not.toContain("unanswered");
  isRefused = false;
  await house.secondsUntilRing(ALICE);
});

test("a repeated start keeps the open alarm open for the whole `give_up_after` from then on", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, give_up_after: 90, pause_seconds: 50 });
  await house.ringsOut(ALICE);
  await house.secondsUntilRing(ALICE);
  expect(await house.alarm({ ...WATER, give_up_after: 90 })).toMatchObject({ outcome: "joined" });
  await house.ringsOut(ALICE);
  await house.secondsUntilRing(ALICE);
  expect(house.states()).not.toContain("unanswered");
});

test("a start that arrives after its `give_up_after`, because clocks differ or the app was down, still calls everybody once", async () => {
  await using house = await startAlarmHouse();
  const delayed = { ...WATER, people: ["Alice", "Bob"], give_up_after: 40, fired_at: firedBefore(100) };
  expect(await house.alarm(delayed)).toMatchObject({ outcome: "started", state: "open" });
  await house.ringsOut(ALICE);
  await house.ringsOut(BOB);
  await vi.waitFor(
    () => {
      house.advance(10);
      expect(house.states()).toContain("unanswered");
    },
    { interval: 5 },
  );
});

test("a start with another message that arrives after its `give_up_after`, while somebody has the alarm, still calls everybody once", async () => {
  await using house = await startAlarmHouse();
  await house.alarm(SHORT);
  await house.ringsOut(ALICE);
  await house.ringsOut(BOB);
  await house.alarm({ do: "take", alarm: "Water", person: "Alice" });
  house.advance(60);
  const delayed = { ...SHORT, message: "Water in the kitchen.", fired_at: firedBefore(0) };
  expect(await house.alarm(delayed)).toMatchObject({ outcome: "revised", state: "open" });
  await house.ringsOut(ALICE);
  await house.ringsOut(BOB);
  expect(house.states()).not.toContain("unanswered");
});

test("a start with another message that arrives after its `give_up_after`, directly before the end of the alarm, still calls everybody once", async () => {
  await using house = await startAlarmHouse();
  await house.alarm(SHORT);
  await house.ringsOut(ALICE);
  await house.ringsOut(BOB);
  house.advance(38);
  const delayed = { ...SHORT, message: "Water in the kitchen.", fired_at: firedBefore(60) };
  expect(await house.alarm(delayed)).toMatchObject({ outcome: "revised", state: "open" });
  await house.ringsOut(ALICE);
  house.advance(10);
  await house.ringsOut(BOB);
  expect(house.states()).not.toContain("unanswered");
});

test("a start joins an open alarm whose name differs in case and blanks, beside an alarm of another name", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, alarm: "Smoke" });
  await house.alarm(WATER);
  expect(await house.alarm({ ...WATER, alarm: " WATER " })).toMatchObject({ outcome: "joined" });
  expect(await house.alarm({ do: "stop", alarm: "water" })).toMatchObject({ ok: true, alarm: "Water" });
});

test("a real alarm never joins an open test alarm of the same name", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, channels: ["sms"], test: true });
  expect(await house.alarm({ ...WATER, channels: ["sms"] })).toMatchObject({ outcome: "started" });
  expect(await house.text(ALICE, /^Water/)).toMatch(/^Water: Water in the cellar\./);
  expect(await house.alarm({ do: "take", alarm: "Water", person: "Alice" })).toMatchObject({ ok: true });
  expect(await house.hears("taken")).toMatchObject({ test: false });
});

test("a person who took a drill is not called first in an alarm of the same name", async () => {
  await using house = await startAlarmHouse();
  const people = ["Alice", "Bob"];
  await house.alarm({ ...WATER, people, test: true, quiet_seconds: 0 });
  await house.alarm({ do: "take", alarm: "Water", person: "Bob" });
  await house.hears("closed");
  await house.alarm({ ...WATER, people });
  expect((await house.hears("calling"))["person"]).toBe("Alice");
  await house.alarm({ do: "stop", alarm: "Water" });
  await house.hears("stopped");
  expect(house.states().filter((state) => state === "calling Bob")).toEqual([]);
});

test("somebody who calls back after an alarm was taken hears who took it, and a second call back goes to the automations", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, people: ["Alice", "Bob"] });
  await house.ringsOut(ALICE);
  const bob = await house.answers(BOB);
  await bob.until(() => bob.waitingFor === "gather");
  await bob.press("1");
  await house.hears("taken");
  const back = await house.twilio.ring({ from: ALICE, to: "+15005550006" });
  await back.over();
  expect(back.said).toEqual(["Bob has this alarm. You do not need to do anything."]);
  using journal = new DatabaseSync(join(house.app.directory, "journal.db"), { readOnly: true });
  const calls = journal.prepare("SELECT unread FROM conversation_entries WHERE source = 0").all();
  expect(calls).toEqual([{ unread: 0 }]);
  const again = await house.twilio.ring({ from: ALICE, to: "+15005550006" });
  await again.until(() => again.said.length > 0 || again.state !== "in-progress");
  expect(again.said).not.toContain("Bob has this alarm. You do not need to do anything.");
});

test("a hundred alarms that start at the same time each call their first person one time", async () => {
  await using house = await startAlarmHouse();
  const numbers = Array.from({ length: 100 }, (_, index) => `+1212555${String(1_000 + index)}`);
  const started = numbers.map((number, index) =>
    house.alarm({ ...WATER, alarm: `Alarm ${index}`, people: [number] }),
  );
  for (const result of await Promise.all(started)) expect(result).toMatchObject({ outcome: "started" });
  await vi.waitFor(() => expect(new Set(house.twilio.calls().map(({ to }) => to)).size).toBe(100));
  expect(house.twilio.calls()).toHaveLength(100);
});

async function storedAlarm(now: number) {
  const store = openTestStore();
  const person = { name: "Alice", contact: null, number: ALICE, sender: null, push: null, pin: null };
  const people = [{ ...person, channels: ["call"] as const }];
  const start = { name: "Water", message: "Water.", people, terms: TERMS, firedAt: now };
  const request = { requestId: "one", origin: "twilio_request", fingerprint: "f", receivedAt: now };
  await store.alarms.request(request, { name: "Water" }, ({ lastEvent }, records) => {
    const context = { ...records, now, chance: SYSTEM_CHANCE, whatsappTemplate: null };
    return { change: settle(newAlarm(start, null, lastEvent, context), context), response: { ok: true } };
  });
  return { store, id: store.alarms.openAlarms()[0]?.alarm.id ?? "" };
}

test("if the clock was set back, stored calls with a time in the future do not count towards the limit of calls to a person", async () => {
  const { store, id } = await storedAlarm(3_600_000);
  using opened = store;
  let calls: readonly number[] = [1];
  await opened.alarms.change(
    id,
    (_stored, records) => {
      calls = records.callsTo(ALICE, -1);
      return null;
    },
    0,
  );
  expect(calls).toEqual([]);
});

test("the app checks an alarm without waiting for Twilio's answer to the request for the status of its calls", async () => {
  const clock = createTestClock();
  const { store, id } = await storedAlarm(clock.now());
  using opened = store;
  let applied = 0;
  const runner = createAlarmRunner({
    journal: opened.alarms,
    effects: {
      apply: () => void (applied += 1),
      refresh: () => Promise.withResolvers<void>().promise,
      pollMs: () => null,
    },
    startDelivery: () => {},
    onReported: () => {},
    whatsappTemplate: null,
    clock,
    chance: SYSTEM_CHANCE,
    logger: { debug() {}, info() {}, warning() {}, error() {} },
  });
  runner.wake(id);
  await vi.waitFor(() => expect(applied).toBeGreaterThan(0));
  await runner.stop();
});
