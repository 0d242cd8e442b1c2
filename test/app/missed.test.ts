import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "./start-house.ts";
import type { TestHouse } from "./start-house.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const ago = (ms: number): Date => new Date(Date.now() - ms);
const text = (body: string, createdAt?: Date) => ({
  from: THEIRS,
  to: OURS,
  body,
  ...(createdAt === undefined ? {} : { createdAt }),
});

/** Restarts the app, during which `meanwhile` happens, and waits until it has asked Twilio for it. */
async function restart(house: TestHouse, meanwhile: () => void): Promise<void> {
  const before = house.twilio.reads().length;
  await house.app.restart(() => Promise.resolve(meanwhile()));
  await vi.waitFor(() => expect(house.twilio.reads().length).toBeGreaterThan(before), { timeout: 5_000 });
}

function setLastHeard(house: TestHouse, date: Date): void {
  using journal = new DatabaseSync(join(house.app.directory, "journal.db"));
  journal.prepare("UPDATE facts SET value = ? WHERE name = 'last_heard'").run(String(date.getTime()));
}

async function fires(house: TestHouse, type: string, count: number): Promise<void> {
  await vi.waitFor(() => expect(house.fired(type)).toHaveLength(count), { timeout: 5_000, interval: 5 });
}

test("what came while the app was down is fetched: young messages act, the rest and calls are told as missed", async () => {
  await using house = await startHouse();
  await restart(house, () => {
    house.twilio.addMessage(text("young", ago(MINUTE / 2)));
    house.twilio.addCall({ from: THEIRS, to: OURS, createdAt: ago(1_000) });
  });
  await fires(house, "twilio_data_received", 1);
  await fires(house, "twilio_data_missed", 1);
  expect(house.fired("twilio_data_received")[0]).toMatchObject({
    Body: "young",
    From: THEIRS,
    To: OURS,
    SmsStatus: "received",
    source: "backfill",
    contact: null,
  });
  expect(house.fired("twilio_data_missed")[0]).toMatchObject({
    From: THEIRS,
    CallStatus: "no-answer",
    Direction: "inbound",
    source: "backfill",
  });
});

test("messages older than ten minutes are told as missed with their age, in order, a day back at most", async () => {
  await using house = await startHouse();
  await house.twilio.receiveMessage(text("heard"));
  await fires(house, "twilio_data_received", 1);
  await house.app.restart(() => {
    setLastHeard(house, ago(48 * HOUR));
    house.twilio.addMessage(text("two days", ago(30 * HOUR)));
    house.twilio.addMessage(text("an hour", ago(HOUR)));
    house.twilio.addMessage(text("two hours", ago(2 * HOUR)));
    return Promise.resolve();
  });
  await fires(house, "twilio_data_missed", 2);
  expect(house.fired("twilio_data_missed").map(({ Body }) => Body)).toEqual(["two hours", "an hour"]);
  expect(Number(house.fired("twilio_data_missed")[1]?.["age_seconds"])).toBeGreaterThanOrEqual(3_600);
  expect(house.fired("twilio_data_received")).toHaveLength(1);
});

test("what a webhook told before, or tells at the same time, is not told again", async () => {
  await using house = await startHouse();
  await house.twilio.receiveMessage(text("one"));
  await house.twilio.placeCall({ from: THEIRS, to: OURS });
  await fires(house, "twilio_data_received", 2);
  await restart(house, () => {});
  await house.twilio.receiveMessage(text("two"));
  await restart(house, () => {});
  await fires(house, "twilio_data_received", 3);
  expect(house.fired("twilio_data_missed")).toEqual([]);
});

test("numbers that never reached the app and whose address is another's are left alone", async () => {
  await using house = await startHouse({}, { numbers: [OURS] });
  house.twilio.setWebhooks({ sms: { url: "https://elsewhere.example/sms" } });
  await restart(house, () => {
    house.twilio.addMessage(text("not for us"));
    house.twilio.addCall({ from: THEIRS, to: OURS });
  });
  expect(house.app.lines.join("\n")).not.toContain("Fetched");
  expect(house.home.fired).toEqual([]);
});

test("on a first start nothing is fetched", async () => {
  await using house = await startHouse();
  house.twilio.addMessage(text("before the app was installed"));
  expect(house.twilio.reads()).toEqual([]);
});

test("more than 500 are not fetched, and more than a page is", async () => {
  await using house = await startHouse();
  await restart(house, () => {
    for (let n = 0; n < 510; n += 1) house.twilio.addMessage(text(`n${n}`));
  });
  await fires(house, "twilio_data_received", 500);
  expect(house.app.lines.join("\n")).toContain("More than 500");
});

test("Twilio being away puts it off", async () => {
  await using house = await startHouse();
  await house.twilio.receiveMessage(text("heard"));
  house.twilio.failNext({ kind: "status", status: 503 }, 2, "GET");
  await house.app.restart(() => Promise.resolve(void house.twilio.addMessage(text("late"))));
  await vi.waitFor(
    () => expect(house.fired("twilio_data_received").map(({ Body }) => Body)).toContain("late"),
    {
      timeout: 8_000,
    },
  );
});
