import { writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../../app/start-house.ts";
import type { TestHouse } from "../../app/start-house.ts";
import { PUBLIC_URL } from "../../app/start-test-app.ts";
import { sendWebhook } from "../../twilio-simulator/webhooks/send-webhook.ts";
import { callParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";

const HOUR = 3_600_000;

async function loseJournal(house: TestHouse): Promise<void> {
  await house.app.restart(() =>
    Promise.resolve(writeFileSync(join(house.app.directory, "journal.db"), "?".repeat(50_000))),
  );
  await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true));
}

/** Posts the webhook of a call that began at that time, as an attacker or a delay could. */
async function ring(house: TestHouse, callSid: string): Promise<number> {
  const parameters = callParameters({
    accountSid: house.twilio.accountSid,
    callSid,
    from: THEIRS,
    to: OURS,
    status: "ringing",
    direction: "inbound",
  });
  const target = { url: `${PUBLIC_URL}/webhook`, deliverTo: house.app.webhook };
  return (await sendWebhook(house.twilio.authToken, target, parameters)).status;
}

const firstFired = async (house: TestHouse, type: string): Promise<Readonly<Record<string, unknown>>> => {
  await vi.waitFor(() => expect(house.fired(type)).toHaveLength(1), { interval: 5 });
  return house.fired(type)[0] ?? {};
};

test("a damaged journal is moved away and reported in the log and in Home Assistant, and the app continues with an empty one", async () => {
  await using house = await startHouse();
  await loseJournal(house);
  expect(await readdir(house.app.directory)).toContainEqual(expect.stringContaining("journal.db.damaged-"));
  expect(house.app.lines.join("\n")).toMatch(/ERROR.*database \(journal\) was damaged/);
  await vi.waitFor(() => expect(JSON.stringify(house.home.called)).toContain("twilio_journal_lost"));
  await house.twilio.receiveMessage({ from: THEIRS, to: OURS, body: "hi" });
  expect(await firstFired(house, "twilio_data_received")).toMatchObject({ Body: "hi" });
});

test("after the journal was lost, an old webhook that is sent again fires only twilio_data_missed, since Twilio knows its age", async () => {
  await using house = await startHouse();
  const old = house.twilio.addCall({ from: THEIRS, to: OURS, createdAt: new Date(Date.now() - HOUR) });
  await loseJournal(house);
  expect(await ring(house, old)).toBe(200);
  expect(await firstFired(house, "twilio_data_missed")).toMatchObject({ CallSid: old });
  expect(Number(house.fired("twilio_data_missed")[0]?.["age_seconds"])).toBeGreaterThanOrEqual(3_600);
  await ring(house, old);
  await house.app.restart();
  await ring(house, old);
  expect(house.fired("twilio_data_received")).toEqual([]);
});

test("after the journal was lost, a webhook whose SID Twilio does not know fires only twilio_data_missed", async () => {
  await using house = await startHouse();
  await loseJournal(house);
  await ring(house, `CA${"0".repeat(32)}`);
  expect(await firstFired(house, "twilio_data_missed")).toMatchObject({ CallStatus: "ringing" });
  expect(house.fired("twilio_data_received")).toEqual([]);
});

test("after the journal was lost, a webhook waits until Twilio tells its age, and fires normally if it is young", async () => {
  await using house = await startHouse();
  await loseJournal(house);
  const young = house.twilio.addCall({ from: THEIRS, to: OURS });
  house.twilio.failNext({ kind: "status", status: 503 }, 1, "GET", /\/Calls\/CA/);
  await ring(house, young);
  await vi.waitFor(() => expect(house.app.lines.join("\n")).toContain("waits. The app asks again"));
  expect(house.home.fired.map(({ type }) => type)).not.toContain("twilio_data_received");
  await vi.waitFor(() => expect(house.fired("twilio_data_received")).toMatchObject([{ CallSid: young }]));
});

test("a request that an automation repeats is not sent again if its message was sent before the journal was lost", async () => {
  await using house = await startHouse();
  const request = { request_id: "r", command: "send_message", payload: { to: THEIRS, message: "once" } };
  house.request(request);
  await firstFired(house, "twilio_result");
  await loseJournal(house);
  house.request(request);
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(2));
  const [first, second] = house.fired("twilio_result");
  expect(second).toMatchObject({ ok: true, sid: first?.["sid"] });
  expect(house.twilio.messages()).toHaveLength(1);
  house.request({ ...request, request_id: "s", payload: { to: THEIRS, message: "something else" } });
  await vi.waitFor(() => expect(house.twilio.messages()).toHaveLength(2));
});

test("a missing journal counts as lost, like a damaged one", async () => {
  await using house = await startHouse();
  const old = house.twilio.addCall({ from: THEIRS, to: OURS, createdAt: new Date(Date.now() - HOUR) });
  await house.app.restart(() => rm(join(house.app.directory, "journal.db")));
  await vi.waitFor(() => expect(JSON.stringify(house.home.called)).toContain("twilio_journal_lost"));
  expect(await ring(house, old)).toBe(200);
  expect(await firstFired(house, "twilio_data_missed")).toMatchObject({ CallSid: old });
});

test("after the journal was lost, a repeated request that matches several messages at Twilio ends as unknown_outcome", async () => {
  await using house = await startHouse();
  const before = { command: "send_message", payload: { to: THEIRS, message: "once" } };
  house.request(before);
  house.request(before);
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(2));
  await loseJournal(house);
  house.request({ ...before, request_id: "r" });
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(3));
  expect(house.fired("twilio_result")[2]).toMatchObject({ ok: false, error: { code: "unknown_outcome" } });
  expect(house.twilio.messages()).toHaveLength(2);
});

test("after the journal was lost, a new request is sent, although the same text was sent before", async () => {
  await using house = await startHouse();
  const event = { command: "send_message", payload: { to: THEIRS, message: "The door is open" } };
  house.twilio.addMessage({
    from: OURS,
    to: THEIRS,
    body: "The door is open",
    direction: "outbound-api",
    createdAt: new Date(Date.now() - 5 * 60_000),
  });
  await loseJournal(house);
  house.request(event);
  expect(await firstFired(house, "twilio_result")).toMatchObject({ ok: true });
  expect(house.posts()).toBe(1);
});
