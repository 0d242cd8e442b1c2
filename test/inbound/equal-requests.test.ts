import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { openTcp } from "../sockets/open-tcp.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import type { WebhookAnswer } from "../twilio-simulator/webhooks/send-webhook.ts";
import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";
import { callParameters, messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";

type Parameters = Readonly<Record<string, string>>;

const WEBHOOK_URL = `${PUBLIC_URL}/webhook`;
const CALL = `CA${"1".repeat(32)}`;
const NOW = Date.now();

let house: TestHouse;
beforeEach(async () => {
  house = await startHouse();
  // Only the test moves the clock, however slow the machine is.
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
});
afterEach(async () => {
  vi.useRealTimers();
  await house[Symbol.asyncDispose]();
});

function inCall(more: Parameters, status = "in-progress"): Parameters {
  const { accountSid } = house.twilio;
  const state = { accountSid, callSid: CALL, from: THEIRS, to: OURS, status, direction: "inbound" };
  return { ...callParameters(state), ...more };
}

/** Webhooks that can be sent twice with the same signed content. */
const KINDS: readonly (readonly [string, () => Parameters])[] = [
  ["a Studio flow's own parameters", () => ({ flow: "FW1", action: "open" })],
  ["own parameters and a message's SID", () => ({ MessageSid: "SM1", action: "open" })],
  [
    "own parameters and a message's text",
    () => ({ MessageSid: "SM1", From: THEIRS, Body: "open", gate: "1" }),
  ],
  [
    "own parameters in capitals and all that Studio knows of a message",
    () => ({
      ...messageParameters({ accountSid: house.twilio.accountSid, from: THEIRS, to: OURS, body: "open" }),
      SmsMessageSid: "SM1",
      SmsSid: "SM1",
      MessageSid: "SM1",
      Gate: "1",
    }),
  ],
  ["own parameters and a call's SID", () => ({ CallSid: CALL, action: "open" })],
  ["own parameters and all that Studio knows of a call", () => inCall({ action: "open" }, "ringing")],
  ["an answer to <Gather>", () => inCall({ Digits: "4711" })],
];

const send = (parameters: Parameters, token: string = crypto.randomUUID()): Promise<WebhookAnswer> =>
  sendWebhook(house.twilio.authToken, { url: WEBHOOK_URL, deliverTo: house.app.webhook }, parameters, {
    "I-Twilio-Idempotency-Token": token,
  });

async function flood(count: number, parameters: Parameters): Promise<void> {
  const answers = await Promise.all(Array.from({ length: count }, () => send(parameters)));
  for (const { status } of answers) expect(status).toBe(200);
}

/** The events so far. A message after them shows that they are complete. */
async function events(): Promise<{ readonly received: Parameters[]; readonly missed: object[] }> {
  const { accountSid } = house.twilio;
  const body = crypto.randomUUID();
  await send(messageParameters({ accountSid, from: THEIRS, to: OURS, body }));
  await vi.waitFor(() => expect(house.home.fired.at(-1)?.data["Body"]).toBe(body));
  const received = house.fired("twilio_data_received").filter(({ Body }) => Body !== body);
  return { received: received as unknown as Parameters[], missed: house.fired("twilio_data_missed") };
}

const warnings = (): string[] => house.app.lines.filter((line) => line.includes("{{flow.sid}}"));

describe.each(KINDS)("webhooks with equal content (%s)", (_kind, make) => {
  test("that come twice, with different idempotency tokens, fire two events", async () => {
    const first = await send(make());
    vi.setSystemTime(NOW + 9_900);
    expect(await send(make())).toEqual(first);
    const { received, missed } = await events();
    expect(received).toMatchObject([make(), make()]);
    expect(missed).toEqual([]);
    expect(warnings()).toEqual([]);
  });

  test("that have the same idempotency token fire one event, however often they come", async () => {
    for (const token of ["one", "one", "one"]) await send(make(), token);
    expect((await events()).received).toHaveLength(1);
  });

  test("that come many times with invented tokens fire three events at first, and later three more as twilio_data_missed", async () => {
    await send(make());
    for (let n = 0; n < 6; n += 1) await send(make());
    vi.setSystemTime(NOW + 10_001);
    for (let n = 0; n < 6; n += 1) await send(make());
    await house.app.restart();
    vi.setSystemTime(NOW + 600_000);
    for (let n = 0; n < 6; n += 1) await send(make());
    const { received, missed } = await events();
    expect(received).toHaveLength(3);
    expect(missed).toHaveLength(3);
    expect(missed).toMatchObject(Array.from({ length: 3 }, () => ({ ...make(), redelivered: true })));
    // The app only counts the other warnings of this minute.
    expect(warnings()).toHaveLength(1);
  });

  test("that come many times at once, all before the first answer, fire one event", async () => {
    const early = await Promise.all(Array.from({ length: 30 }, () => openEarly(make())));
    await send(make());
    const answers = await Promise.all(early.map(({ finish }) => finish()));
    for (const answer of answers) expect(answer).toContain("200 OK");
    expect((await events()).received).toHaveLength(1);
  });

  test("that come many times at once, some of them after the first answer, fire at most three events", async () => {
    await flood(60, make());
    const { received, missed } = await events();
    expect(received.length).toBeLessThanOrEqual(3);
    expect(missed).toEqual([]);
  });
});

/** Sends the headers of a captured request, and its body only on demand. */
async function openEarly(parameters: Parameters): Promise<{ finish(): Promise<string> }> {
  const body = new URLSearchParams(parameters).toString();
  const { port } = house.app;
  const socket = openTcp(port);
  const answer = new Promise<string>((resolve, reject) => {
    let text = "";
    socket.on("data", (data) => (text += data.toString()));
    socket.once("end", () => resolve(text)).once("error", reject);
  });
  const head = [
    "POST /webhook HTTP/1.1",
    "Host: home.example",
    "Connection: close",
    "Content-Type: application/x-www-form-urlencoded",
    `Content-Length: ${body.length}`,
    `X-Twilio-Signature: ${signWebhook(house.twilio.authToken, WEBHOOK_URL, parameters)}`,
    `I-Twilio-Idempotency-Token: ${crypto.randomUUID()}`,
    // Node reports that it has read the headers.
    "Expect: 100-continue",
    "",
    "",
  ];
  socket.write(head.join("\r\n"));
  await new Promise((resolve, reject) => socket.once("data", resolve).once("error", reject));
  return {
    finish() {
      socket.write(body);
      return answer;
    },
  };
}

test("webhooks that repeat the inputs of one call with new idempotency tokens fire at most two more events in total", async () => {
  for (const Digits of ["1", "2", "3"]) await send(inCall({ Digits }));
  for (const Digits of ["1", "2", "3", "1", "2", "3"]) await send(inCall({ Digits }));
  expect((await events()).received).toHaveLength(5);
});

test("after a call has ended, its repeated webhook fires nothing at first, and a minute later at most twilio_data_missed", async () => {
  await send(inCall({ Digits: "1" }));
  await send(inCall({ CallDuration: "7" }, "completed"));
  await flood(5, inCall({ Digits: "1" }));
  expect((await events()).received).toHaveLength(2);
  vi.setSystemTime(NOW + 60_000);
  await flood(9, inCall({ Digits: "1" }));
  const { received, missed } = await events();
  expect(received.filter(({ CallSid }) => CallSid === CALL)).toHaveLength(2);
  expect(missed).toHaveLength(3);
});

test.each<[string, () => Parameters]>([
  [
    "a message",
    () => messageParameters({ accountSid: house.twilio.accountSid, from: THEIRS, to: OURS, body: "hi" }),
  ],
  ["an incoming call", () => inCall({}, "ringing")],
  ["a status", () => ({ MessageSid: "SM1", MessageStatus: "sent" })],
  ["a recording after the call's end", () => inCall({ RecordingUrl: "u", RecordingSid: "RE1" }, "completed")],
])(
  "%s that comes again with another idempotency token fires no second event, because its content identifies the webhook",
  async (_kind, make) => {
    const parameters = make();
    await send(parameters);
    await send(parameters);
    vi.setSystemTime(NOW + 60_000);
    await send(parameters);
    const { received, missed } = await events();
    expect(received).toHaveLength(1);
    expect(missed).toEqual([]);
  },
);
