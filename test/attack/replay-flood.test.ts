import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { callParameters, messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { capture, encode, eventsFired, sendByTwilio } from "./captured.ts";
import type { Captured, Form, Theft } from "./captured.ts";

const NOW = Date.now();
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const CALL = `CA${"1".repeat(32)}`;

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

function call(status: string, more: Form = {}): Form {
  const { accountSid } = house.twilio;
  const state = { accountSid, callSid: CALL, from: THEIRS, to: OURS, status, direction: "inbound" };
  return { ...callParameters(state), ...more };
}

const sms = (more: Form = {}): Form => ({
  ...messageParameters({
    accountSid: house.twilio.accountSid,
    from: THEIRS,
    to: OURS,
    body: "open the gate",
  }),
  ...more,
});

interface Most {
  /** The most events that automations act on. */
  readonly fresh: number;
  readonly missed: number;
}

const SINGLE: Most = { fresh: 1, missed: 0 };
const EQUAL: Most = { fresh: 3, missed: 3 };

const KINDS: readonly (readonly [string, string, Most, () => Form])[] = [
  ["message", "/webhook", SINGLE, sms],
  ["ringing call", "/webhook", SINGLE, () => call("ringing")],
  ["end of a call", "/webhook", SINGLE, () => call("completed", { CallDuration: "7" })],
  ["answer to <Gather>", "/webhook", EQUAL, () => call("in-progress", { Digits: "4711" })],
  [
    "answer to <Gather> at a URL with a slash",
    "/webhook/",
    EQUAL,
    () => call("in-progress", { Digits: "4711" }),
  ],
  [
    "answer to <Gather> at the fallback URL",
    "/webhook",
    SINGLE,
    () => call("in-progress", { Digits: "4711", ErrorCode: "11200", ErrorUrl: "u" }),
  ],
  ["request of a Studio flow", "/webhook?house=1", EQUAL, () => ({ action: "open", to: "the gate's door" })],
  ["message with a flow's parameter", "/webhook", EQUAL, () => sms({ gate: "1" })],
  ["status of a message", "/status/message?ref=r", SINGLE, () => ({ ...sms(), MessageStatus: "delivered" })],
  ["status of a call", "/status/call", SINGLE, () => call("completed", { CallDuration: "7" })],
  [
    "recording",
    "/recording",
    SINGLE,
    () => ({ ...call("completed"), RecordingSid: "RE1", RecordingUrl: "https://a.example/RE1" }),
  ],
];

const hex = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");

/** The captured request in many forms, all with the same signature and some with other idempotency tokens. */
function thefts({ parameters }: Captured, path: string): Theft[] {
  const [bare = "", query = ""] = path.split("?");
  const pairs = Object.entries(parameters);
  const form = encode(parameters);
  const token = (value: string): Theft => ({ headers: { "I-Twilio-Idempotency-Token": value } });
  return [
    {},
    token(""),
    token("x".repeat(2_000)),
    token("one, two"),
    { body: encode(Object.fromEntries(pairs.toReversed())) },
    { body: pairs.map(([name, value]) => `${hex(name)}=${hex(value)}`).join("&") },
    { body: `&&${form.replaceAll("&", "&&")}&` },
    { body: `${form}&${form}` },
    { headers: { "Content-Type": "text/plain" } },
    { headers: { "Content-Type": "multipart/form-data" } },
    {
      headers: { "X-Forwarded-Host": "other.example", "X-Forwarded-Proto": "http", "X-Forwarded-Port": "1" },
    },
    { body: encode({ ...parameters, ErrorCode: "11200", ErrorUrl: "https://home.example/" }) },
    { body: encode({ ...parameters, Timestamp: "later", SequenceNumber: "9" }) },
    {
      body: encode(
        Object.fromEntries(pairs.map(([name, value]) => [name + value.slice(0, 1), value.slice(1)])),
      ),
    },
    { method: "GET", path: `${bare}?${query === "" ? "" : `${query}&`}${form}` },
    { path: `${bare}?${hex(query)}` },
    { path: path.replace("/", "/%2e/").replace(/[a-z]/, hex) },
    ...["/webhook", "/webhook/", "/status/call", "/status/message", "/recording", "/talk", "/talk/new/1"].map(
      (other) => ({ path: query === "" ? other : `${other}?${query}` }),
    ),
  ];
}

async function fired(): Promise<Most> {
  const events = await eventsFired(house);
  const missed = events.filter(({ type }) => type === "twilio_data_missed");
  const statuses = events.filter(({ type }) => !type.startsWith("twilio_data_"));
  const received = events.length - missed.length - statuses.length;
  return { fresh: Math.max(received, statuses.length), missed: missed.length };
}

describe.each(KINDS)("a captured %s", (_kind, path, most, make) => {
  async function rob(captured: Captured): Promise<void> {
    const all = thefts(captured, path);
    await Promise.all([...all, ...all.slice(0, 2)].map((theft) => captured.steal(theft)));
  }

  test("fires at most as many events as unchanged copies may, even if its replays have another encoding, order or time", async () => {
    const parameters = make();
    const captured = capture(house, parameters, path);
    expect(await sendByTwilio(house, parameters, path)).toBeLessThan(300);
    for (const after of [0, 5 * SECOND, 10 * SECOND, 10 * SECOND + 1, HOUR, -HOUR, 24 * HOUR]) {
      vi.setSystemTime(NOW + after);
      await rob(captured);
    }
    await house.app.restart();
    vi.setSystemTime(NOW + SECOND);
    await rob(captured);
    vi.setSystemTime(NOW);
    const { fresh, missed } = await fired();
    expect(fresh).toBeGreaterThanOrEqual(1);
    expect(fresh).toBeLessThanOrEqual(most.fresh);
    expect(missed).toBeLessThanOrEqual(most.missed);
  });

  test("that is replayed before Twilio's own request arrives fires at most as many events as unchanged copies may, and never twilio_data_missed", async () => {
    const parameters = make();
    const captured = capture(house, parameters, path);
    await Promise.all([
      ...Array.from({ length: 20 }, () => captured.steal()),
      sendByTwilio(house, parameters, path),
    ]);
    await rob(captured);
    await house.app.restart();
    await rob(captured);
    const { fresh, missed } = await fired();
    expect(fresh).toBeGreaterThanOrEqual(1);
    expect(fresh).toBeLessThanOrEqual(most.fresh);
    expect(missed).toBe(0);
  });
});

test("captured webhooks with the inputs of one call fire at most two more twilio_data_received, and three twilio_data_missed, when they are replayed", async () => {
  const answers = ["1", "2", "3", "4", "5"].map((Digits) => call("in-progress", { Digits }));
  for (const parameters of answers) await sendByTwilio(house, parameters);
  const captured = answers.map((parameters) => capture(house, parameters));
  for (const after of [0, SECOND, 60 * SECOND, HOUR]) {
    vi.setSystemTime(NOW + after);
    await Promise.all(Array.from({ length: 6 }, () => captured.map(({ steal }) => steal())).flat());
  }
  vi.setSystemTime(NOW);
  const { fresh, missed } = await fired();
  expect(fresh).toBeLessThanOrEqual(answers.length + 2);
  expect(missed).toBeLessThanOrEqual(3);
});
