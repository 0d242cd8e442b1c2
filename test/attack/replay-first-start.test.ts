import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { startTestApp } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { callParameters, messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { capture, sendByTwilio } from "./captured.ts";
import type { Form } from "./captured.ts";

const HOUR = 3_600_000;

let house: TestHouse;
beforeEach(async () => {
  house = await startHouse({}, {}, {}, true);
});
afterEach(() => house[Symbol.asyncDispose]());

/** Empties the data folder, like a new installation of the app. */
async function emptyDataFolder(): Promise<void> {
  await house.app.restart(async () => {
    const names = await readdir(house.app.directory);
    await Promise.all(names.map((name) => rm(join(house.app.directory, name), { recursive: true })));
  });
  await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true));
}

const ago = (ms: number): Date => new Date(Date.now() - ms);

function call(callSid: string, status = "ringing", more: Form = {}): Form {
  const { accountSid } = house.twilio;
  const state = { accountSid, callSid, from: THEIRS, to: OURS, status, direction: "inbound" };
  return { ...callParameters(state), ...more };
}

function message(sid: string, body = "open"): Form {
  const { accountSid } = house.twilio;
  const form = messageParameters({ accountSid, from: THEIRS, to: OURS, body });
  return { ...form, MessageSid: sid, SmsSid: sid, SmsMessageSid: sid };
}

/** Webhooks of messages and calls that are older than the start of the app. */
const OLD: readonly (readonly [string, (createdAt: Date) => Form])[] = [
  ["call", (createdAt) => call(house.twilio.addCall({ from: THEIRS, to: OURS, createdAt }))],
  [
    "answer to <Gather>",
    (createdAt) =>
      call(house.twilio.addCall({ from: THEIRS, to: OURS, createdAt }), "in-progress", { Digits: "4711" }),
  ],
  [
    "message",
    (createdAt) =>
      message(
        house.twilio.addMessage({ from: THEIRS, to: OURS, body: "open", direction: "inbound", createdAt }),
      ),
  ],
];

/** Sends a new webhook. Its event shows that all earlier events were fired, and ends the age checks. */
async function beYoung(of = house): Promise<string> {
  const sid = of.twilio.addCall({ from: THEIRS, to: OURS });
  await sendByTwilio(of, call(sid));
  await vi.waitFor(() => expect(sidsOf(of, "twilio_data_received")).toContain(sid));
  return sid;
}

function sidsOf(of: TestHouse, type: string): unknown[] {
  return of.fired(type).map(({ CallSid, MessageSid }) => CallSid ?? MessageSid);
}

const lookUps = (of = house): number =>
  of.twilio.reads().filter((path) => /\/(Calls|Messages)\/\w+\.json$/.test(path)).length;

describe.each(OLD)("on a first start with an empty data folder, a captured %s", (_kind, make) => {
  test.each([5_000, 10 * 60_000, 24 * HOUR])(
    "that was signed %i ms ago is fired at most three times, and always as twilio_data_missed",
    async (age) => {
      const captured = capture(house, make(ago(age)));
      await emptyDataFolder();
      for (let count = 0; count < 5; count += 1) expect(await captured.steal()).toBe(200);
      await vi.waitFor(() => expect(house.fired("twilio_data_missed")).not.toEqual([]));
      await house.app.restart();
      await captured.steal();
      const young = await beYoung();
      for (let count = 0; count < 5; count += 1) expect(await captured.steal()).toBe(200);
      const last = await beYoung();
      expect(sidsOf(house, "twilio_data_received")).toEqual([young, last]);
      expect(house.fired("twilio_data_missed").length).toBeLessThanOrEqual(3);
    },
  );
});

test("on a first start, many captured webhooks that come at once fire only twilio_data_missed, and a new webhook fires twilio_data_received", async () => {
  const captured = OLD.flatMap(([, make]) => [HOUR, 60_000].map((age) => capture(house, make(ago(age)))));
  await emptyDataFolder();
  for (const status of await Promise.all(captured.map(({ steal }) => steal()))) expect(status).toBe(200);
  const young = await beYoung();
  await vi.waitFor(() => expect(house.fired("twilio_data_missed")).toHaveLength(captured.length));
  expect(sidsOf(house, "twilio_data_received")).toEqual([young]);
});

test("on a first start, a captured old webhook does not count as the last valid webhook that the panel shows", async () => {
  const old = capture(house, call(house.twilio.addCall({ from: THEIRS, to: OURS, createdAt: ago(HOUR) })));
  await old.steal();
  await vi.waitFor(() => expect(house.fired("twilio_data_missed")).toHaveLength(1));
  expect(lastSigned()).toBeNull();
  await beYoung();
  await vi.waitFor(() => expect(lastSigned()).not.toBeNull());
});

function lastSigned(): unknown {
  using journal = new DatabaseSync(join(house.app.directory, "journal.db"), { readOnly: true });
  return journal.prepare("SELECT value FROM facts WHERE name = 'last_signed'").get()?.["value"] ?? null;
}

test("on a first start, the first new webhook fires its event, and from then on the app looks up no ages at Twilio", async () => {
  await beYoung();
  expect(lookUps()).toBe(1);
  await beYoung();
  await house.app.restart();
  await house.twilio.receiveMessage({ from: THEIRS, to: OURS, body: "hi" });
  await vi.waitFor(() => expect(house.fired("twilio_data_received")).toHaveLength(3));
  expect(lookUps()).toBe(1);
  expect(house.fired("twilio_data_missed")).toEqual([]);
});

test("on a first start, a webhook without a message or call fires its event at once, since Twilio knows no age of it", async () => {
  await sendByTwilio(house, { action: "open" });
  await vi.waitFor(() => expect(house.fired("twilio_data_received")).toMatchObject([{ action: "open" }]));
  expect(lookUps()).toBe(0);
});

test("on a first start, a captured webhook waits to be fired while Twilio cannot be asked for its age", async () => {
  const old = capture(house, call(house.twilio.addCall({ from: THEIRS, to: OURS, createdAt: ago(HOUR) })));
  house.twilio.failNext({ kind: "status", status: 503 }, 1, "GET", /\/Calls\/CA/);
  await old.steal();
  await vi.waitFor(() =>
    expect(house.app.lines.join("\n")).toContain("so the event of this message or call waits"),
  );
  await vi.waitFor(() => expect(house.fired("twilio_data_missed")).toHaveLength(1));
  expect(house.fired("twilio_data_received")).toEqual([]);
});

describe("on a first start, if Twilio cannot tell the age of a webhook's message or call,", () => {
  const unknown = (digit: number): string => `CA${String(digit).repeat(32)}`;

  test("the webhooks of a Twilio-compatible provider fire their events, and after ten webhooks the app stops looking up ages", async () => {
    for (let n = 0; n < 15; n += 1) {
      await sendByTwilio(house, call(`CA${String(n).padStart(32, "0")}`));
      await vi.waitFor(() => expect(house.fired("twilio_data_received")).toHaveLength(n + 1));
    }
    expect(lookUps()).toBe(10);
    expect(house.fired("twilio_data_missed")).toEqual([]);
  });

  test("the webhooks of Twilio itself fire twilio_data_missed, until one comes whose message or call is young", async () => {
    await using at = await atTwilio();
    await sendByTwilio(at, call(unknown(1)));
    await vi.waitFor(() => expect(sidsOf(at, "twilio_data_missed")).toEqual([unknown(1)]));
    const young = await beYoung(at);
    await sendByTwilio(at, call(unknown(2)));
    await vi.waitFor(() => expect(sidsOf(at, "twilio_data_received")).toEqual([young, unknown(2)]));
  });

  test("because the app's API key may only send, a new webhook still fires twilio_data_received", async () => {
    await using at = await atTwilio();
    at.twilio.failNext({ kind: "status", status: 403 }, 1, "GET", /\/Calls\/CA/);
    await sendByTwilio(at, call(unknown(1)));
    await vi.waitFor(() => expect(sidsOf(at, "twilio_data_received")).toEqual([unknown(1)]));
  });
});

/** Starts the app with a simulator in place of Twilio itself, which knows all SIDs. */
async function atTwilio(): Promise<TestHouse> {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const settings = { twilioStandIn: twilio.url, calmAfterMs: HOUR };
  const options = { api_base_url: undefined };
  const app = undo.use(
    await startTestApp({ twilio, homeAssistant: home, options, settings, isFirstStart: true }),
  );
  await vi.waitFor(() => expect(home.listensTo("twilio_request")).toBe(true));
  const running = undo.move();
  return {
    ...house,
    home,
    twilio,
    app,
    fired: (type) => home.fired.filter((event) => event.type === type).map(({ data }) => data),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
