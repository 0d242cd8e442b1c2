import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createTestClock } from "../app/create-test-clock.ts";
import type { StoppedClock } from "../app/create-test-clock.ts";
import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { startTalkHouse } from "../calls/talk-house.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { callParameters, messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { capture, sendByTwilio } from "./captured.ts";
import type { Form } from "./captured.ts";

const HOUR = 3_600_000;
const CALL = `CA${"1".repeat(32)}`;

let house: TestHouse;
let time: StoppedClock;
beforeEach(async () => {
  const clock = createTestClock();
  house = await startHouse({}, {}, { clock });
  time = clock.stop();
});
afterEach(async () => {
  time[Symbol.dispose]();
  await house[Symbol.asyncDispose]();
});

/** The time at which the last signed webhook arrived, as the panel shows it. */
function lastReceived(of = house): { readonly signed: number | null } {
  using journal = new DatabaseSync(join(of.app.directory, "journal.db"), { readOnly: true });
  const setting = journal.prepare("SELECT value FROM facts WHERE name = ?");
  const read = (name: string): number | null => {
    const value = setting.get(name)?.["value"];
    return value === undefined ? null : Number(value);
  };
  return { signed: read("last_signed") };
}

const sms = (body = "hi"): Form =>
  messageParameters({ accountSid: house.twilio.accountSid, from: THEIRS, to: OURS, body });

const inCall = (status: string, more: Form = {}): Form => ({
  ...callParameters({
    accountSid: house.twilio.accountSid,
    callSid: CALL,
    from: THEIRS,
    to: OURS,
    status,
    direction: "inbound",
  }),
  ...more,
});

const KINDS: readonly (readonly [string, string, () => Form])[] = [
  ["message", "/webhook", sms],
  ["ringing call", "/webhook", () => inCall("ringing")],
  ["answer to <Gather>", "/webhook", () => inCall("in-progress", { Digits: "4711" })],
  ["request of a Studio flow", "/webhook", () => ({ action: "open" })],
  ["message status", "/status/message", () => ({ MessageSid: `SM${"1".repeat(32)}`, MessageStatus: "sent" })],
  ["call status", "/status/call", () => inCall("completed", { CallDuration: "7" })],
  [
    "recording",
    "/recording",
    () => ({
      CallSid: CALL,
      RecordingSid: "RE1",
      RecordingUrl: "https://a.example/",
      RecordingStatus: "completed",
    }),
  ],
];

/** `create` and `dismiss` of the notification about wrong signatures. */
function said(of = house): string[] {
  return of.home.called
    .filter(({ data }) => JSON.stringify(data).includes("twilio_signatures"))
    .map(({ service }) => service);
}

async function signWrongly(of = house): Promise<void> {
  const target = { url: `${PUBLIC_URL}/webhook`, deliverTo: of.app.webhook };
  for (let count = 0; count < 3; count += 1)
    expect((await sendWebhook("0".repeat(32), target, sms())).status).toBe(403);
  await vi.waitFor(() => expect(said(of).at(-1)).toBe("create"));
}

test.each(KINDS)(
  "a captured %s that is sent again does not count as the last valid webhook, but the next new webhook does",
  async (_kind, path, make) => {
    const parameters = make();
    expect(await sendByTwilio(house, parameters, path)).toBeLessThan(300);
    const before = lastReceived();
    expect(before.signed).not.toBeNull();
    await signWrongly();

    time.advance(HOUR);
    const captured = capture(house, parameters, path);
    // Replays the webhook more often than it can fire events.
    for (let count = 0; count < 9; count += 1) expect(await captured.steal()).toBeLessThan(300);
    expect(lastReceived()).toEqual(before);
    expect(said().at(-1)).toBe("create");

    expect(await sendByTwilio(house, sms("new"))).toBe(200);
    expect(lastReceived().signed).toBeGreaterThanOrEqual((before.signed ?? 0) + HOUR);
    await vi.waitFor(() => expect(said().at(-1)).toBe("dismiss"));
  },
);

test("a replayed webhook of a call that waits for its next step does not count as the last valid webhook", async () => {
  await using talking = await startTalkHouse();
  const call = await talking.twilio.ring({ from: THEIRS, to: OURS });
  void talking.talk(call.sid, { say: "hi" });
  const asked = () => call.requests.find(({ url }) => url.includes("/talk"));
  await vi.waitFor(() => expect(asked()).toBeDefined());
  const { url = "", parameters = {} } = asked() ?? {};
  const before = lastReceived(talking);
  await signWrongly(talking);
  const captured = capture(talking, parameters, url.replace(PUBLIC_URL, ""));
  talking.advance(HOUR);
  for (let count = 0; count < 3; count += 1) await captured.steal();
  expect(lastReceived(talking)).toEqual(before);
  expect(said(talking).at(-1)).toBe("create");
});
