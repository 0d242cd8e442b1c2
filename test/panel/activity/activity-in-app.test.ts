import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { backUpJournal } from "../../../src/app/commands/backup.ts";
import { OURS, THEIRS } from "../../app/start-house.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";

const MESSAGE = "Rosebud at midnight";
const REPLY = "The gate is open now";
const PIN = "4711*9";
const OPTIONS = {
  public_url: "https://my-house.example.net/path-of-mine",
  auth_token_previous: "0123456789abcdef0123456789abcdee",
  contacts: [
    { name: "Grandmother Agatha", number: THEIRS },
    { name: "Uncle Bertram", number: "+4915112345678" },
  ],
  notifiers: [{ name: "bertrams_pager", type: "sms", from_number: OURS }],
  default_sender: OURS,
  limits: { messages_per_day: 3, calls_per_day: 2 },
  incoming_calls: { wait_seconds: 3, otherwise: "say", say: "Nobody is at home in Elm Street" },
};

/** Texts and names that must not appear in the diagnostics. */
const NAMES = [
  "my-house",
  "example.net",
  "path-of-mine",
  "Elm Street",
  "bertrams_pager",
  "Agatha",
  "Bertram",
];
const WORDS = [...NAMES, MESSAGE, "Rosebud", REPLY, PIN, "Goodbye", "PIN?", "Cuthbert"];
const NUMBERS = [OURS, THEIRS, "+4915112345678", "+12125550177", "+15005550001", "+15005550003"];

let undo = new AsyncDisposableStack();
let home: FakeHomeAssistant;
let twilio: TwilioSimulator;
let app: TestApp;
beforeEach(async () => {
  home = undo.use(await startFakeHomeAssistant());
  twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const settings = { panel: { port: 0, password: null, supervised: false }, nodeVersion: "24.21.0" };
  app = undo.use(await startTestApp({ twilio, homeAssistant: home, options: OPTIONS, settings }));
  const hook = { url: `${OPTIONS.public_url}/webhook`, deliverTo: app.webhook };
  twilio.setWebhooks({ sms: hook, voice: hook });
  twilio.routeCallbacks(OPTIONS.public_url, `http://127.0.0.1:${app.port}`);
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"), { interval: 5 });
});
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

const get = async (path: string): Promise<string> =>
  await (await fetch(`http://localhost:${app.panelPort}/${path}`)).text();

const results = () => home.fired.filter(({ type }) => type === "twilio_result").map(({ data }) => data);

async function request(requestId: string, command: string, payload: object): Promise<void> {
  home.emit("twilio_request", { request_id: requestId, command, timeout: 60, payload });
  await vi.waitFor(() => expect(results().some((data) => data["request_id"] === requestId)).toBe(true));
}

/** Uses every function: messages, a call with a PIN, failures, the limit, rejected webhooks, a backup. */
async function live(): Promise<void> {
  await twilio.receiveMessage({ from: THEIRS, to: OURS, body: MESSAGE });
  await twilio.receiveMessage({ from: "+12125550177", to: OURS, body: MESSAGE });
  const call = await twilio.ring({ from: THEIRS, to: OURS });
  const asked = request("talk", "talk", { call: call.sid, say: "PIN?", ask: "digits", digits: PIN.length });
  await call.until(() => call.waitingFor === "gather");
  await call.press(PIN);
  await asked;
  await request("end", "talk", { call: call.sid, say: "Goodbye", then: "hang_up" });
  await request("sent", "send_message", { to: "Grandmother Agatha", message: REPLY });
  await request("failed", "send_message", { to: "+15005550001", message: REPLY });
  await request("several", "send_message", { to: ["Uncle Bertram", "+15005550003"], message: REPLY });
  await request("nobody", "send_message", { to: "Cousin Cuthbert", message: REPLY });
  const refused = await fetch(app.webhook, {
    method: "POST",
    body: `Body=${encodeURIComponent(MESSAGE)}`,
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": "AAAA" },
  });
  expect(refused.status).toBe(403);
  expect(backUpJournal(app.directory, new Date()).error).toBeNull();
}

test("the page Activity shows for which recipient a request is being retried", async () => {
  twilio.failNext({ kind: "status", status: 429 });
  await request("again", "send_message", { to: "Grandmother Agatha", message: REPLY });
  const html = await get("activity");
  expect(html).toContain("New attempt for Grandmother Agatha (twilio_request)");
});

describe("after the app has sent, received and called in many ways,", () => {
  test("the downloaded diagnostics contain no secret, number, name, text or address", async () => {
    await live();
    const response = await fetch(`http://localhost:${app.panelPort}/diagnostics.json`);
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="twilio-diagnostics-\d{4}-\d\d-\d\d\.json"$/,
    );
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      system: { node: "24.21.0", platform: expect.any(String) },
      home_assistant: { connected: true, version: expect.any(String) },
      options: {
        contacts: 2,
        notifiers_sms: 1,
        auth_token_previous_set: true,
        api_key_set: false,
        default_sender: "number",
        // oxlint-disable-next-line house/plain-words -- the name of the option
        incoming_calls_otherwise: "say",
      },
      public_address: { scheme: "https", has_path: true, learnt: false },
      webhooks: { rejected: 1, last_rejected: { why: "wrong_signature" } },
      last_24_hours: { messages_limit: 3, calls_limit: 2, messages: 3 },
      recent: {
        errors: expect.arrayContaining([
          expect.objectContaining({ type: "twilio_result", code: "limit_reached" }),
          expect.objectContaining({ type: "twilio_result", code: "invalid" }),
        ]),
      },
      journal: { lost_at: null, last_copy: { ok: true } },
    });
    const known = [
      twilio.accountSid,
      twilio.authToken,
      OPTIONS.auth_token_previous,
      home.token,
      app.directory,
      ...WORDS,
      ...NUMBERS.map((number) => number.slice(1)),
      ...[...twilio.messages(), ...twilio.calls()].map(({ sid }) => sid),
      ...home.fired.flatMap(({ data }) => [data["event_id"], data["webhook_id"]]).filter(Boolean),
    ];
    expect(known.length).toBeGreaterThan(30);
    for (const secret of known) expect(text).not.toContain(secret);
    // These fields are removed, because numbers of bytes and the machine's name could look like a phone number.
    const {
      timings: _timings,
      journal: _journal,
      system: _system,
      made_at: _madeAt,
      ...rest
    } = JSON.parse(text) as Record<string, unknown>;
    expect(JSON.stringify(rest)).not.toMatch(/\d{7}/);
  });

  test("the page Activity shows all events, but no text of a message, no PIN and no secret", async () => {
    await live();
    const html = await get("activity");
    for (const sentence of [
      "Message from Grandmother Agatha.",
      "Message from +12125550177.",
      "Call from Grandmother Agatha.",
      "Message to Grandmother Agatha: accepted by Twilio.",
      "Message to +15005550001: failed.",
      "Call step: done.",
      "3 of 3",
      "The limit is reached",
      "1 since the app started",
    ]) {
      expect(html).toContain(sentence);
    }
    expect(html).not.toContain("None yet");
    for (const secret of [MESSAGE, REPLY, PIN, twilio.authToken, twilio.accountSid]) {
      expect(html).not.toContain(secret);
    }
    const examples = await get("examples");
    for (const secret of [MESSAGE, REPLY, PIN, twilio.authToken, twilio.accountSid]) {
      expect(examples).not.toContain(secret);
    }
  });
});

test("the page Activity shows a waiting event, and after more than ten minutes without Home Assistant shows it as received too late", async () => {
  home.behaviour.refuseUpgrade = true;
  home.disconnect();
  await vi.waitFor(() => expect(app.lines.join()).toContain("the connection was lost"));
  await twilio.receiveMessage({ from: THEIRS, to: OURS, body: MESSAGE });
  const waiting = await get("activity");
  expect(waiting).toMatch(/Waiting for Home Assistant<\/dt>.*Message from Grandmother Agatha/);
  expect(waiting).toContain("Waiting for Home Assistant.");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 20 * 60_000 });
  try {
    home.behaviour.refuseUpgrade = false;
    await vi.waitFor(() => expect(home.fired.some(({ type }) => type === "twilio_data_missed")).toBe(true));
    await vi.waitFor(async () =>
      expect(await get("activity")).toMatch(/Received too late<\/dt>.*Message from Grandmother Agatha/),
    );
  } finally {
    vi.useRealTimers();
  }
});

test("the page Examples shows an automation for the newest webhook", async () => {
  await twilio.receiveMessage({ from: THEIRS, to: OURS, body: MESSAGE });
  const html = await get("examples");
  expect(html).toContain("alias: Message from Grandmother Agatha");
  expect(html).toContain("name: bertrams_pager");
  expect(html).toContain('value="https://my-house.example.net/path-of-mine/webhook"');
});
