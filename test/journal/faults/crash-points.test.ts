import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { AppProcess } from "../../../demo/start-app-process.ts";
import { startBuiltApp } from "../../app/start-built-app.ts";
import { PUBLIC_URL } from "../../app/start-test-app.ts";
import { useDataFolder } from "../../app/use-data-folder.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { accountOptions } from "../../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { sendWebhook } from "../../twilio-simulator/webhooks/send-webhook.ts";
import { callParameters, messageParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";
import { setLastBackfill } from "../set-last-backfill.ts";

const OURS = "+15005550006";
const THEIRS = "+12125550123";
const DIE_AT = new URL("die-at.ts", import.meta.url).pathname;

let undo: AsyncDisposableStack;
let home: FakeHomeAssistant;
let twilio: TwilioSimulator;
let directory: string;
beforeEach(async () => {
  undo = new AsyncDisposableStack();
  home = undo.use(await startFakeHomeAssistant());
  twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  directory = await mkdtemp(join(tmpdir(), "twilio-crash-"));
  undo.defer(() => rm(directory, { recursive: true }));
});
afterEach(() => undo.disposeAsync());

interface Started {
  readonly app: AppProcess;
  readonly webhook: string;
}

/** Starts the app as a process. With `dieAt` it kills itself at that point. */
async function startProcess(dieAt: string): Promise<AppProcess> {
  return undo.use(
    await startBuiltApp({
      options: {
        ...accountOptions(twilio),
        public_url: PUBLIC_URL,
        default_sender: OURS,
      },
      homeAssistant: home,
      directory,
      port: 0,
      onLine: () => {},
      nodeArguments: ["--import", DIE_AT],
      environment: { DIE_AT: dieAt },
    }),
  );
}

/** Starts the app. Resolves when it listens and is connected. */
async function start(dieAt = ""): Promise<Started> {
  const app = await startProcess(dieAt);
  const line = await app.logged(/Listening for Twilio on port/);
  await app.logged(/Connected to Home Assistant/);
  return { app, webhook: `http://127.0.0.1:${/port (\d+)/.exec(line)?.[1]}/webhook` };
}

/** Posts a webhook: 200 if the app acknowledged it, 0 if the app was killed. */
async function post({ webhook }: Started, parameters: Record<string, string>): Promise<number> {
  const target = { url: `${PUBLIC_URL}/webhook`, deliverTo: webhook };
  return await sendWebhook(twilio.authToken, target, parameters).then(
    ({ status }) => status,
    () => 0,
  );
}

const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 10 });

/** The events that Home Assistant received for the one webhook, and whether each is marked as a repeat. */
const receivedEvents = (): string[] =>
  home.fired.map(({ type, data }) => type + (data["redelivered"] === true ? " redelivered" : ""));

const RECEIVED = "twilio_data_received";
const AGAIN = `${RECEIVED} redelivered`;
const MISSED = "twilio_data_missed redelivered";

/** Name, point of the kill, and the events for a message and for a call, after Twilio has sent its webhook again. */
const INBOUND: readonly (readonly [string, string, string[], string[]])[] = [
  ["before a webhook is kept", "before INSERT OR IGNORE INTO webhook_keys", [RECEIVED], [RECEIVED]],
  [
    "after a webhook is stored, before Twilio gets an answer",
    "after INSERT OR IGNORE INTO webhook_keys",
    [AGAIN],
    [MISSED],
  ],
  [
    "before its delivery to Home Assistant is stored",
    "before delivered",
    [RECEIVED, AGAIN],
    [RECEIVED, MISSED],
  ],
  ["after its delivery to Home Assistant is stored", "after delivered", [RECEIVED], [RECEIVED]],
];

test.each(
  INBOUND.flatMap(([name, dieAt, message, call]) => [
    ["message", name, dieAt, message] as const,
    ["call", name, dieAt, call] as const,
  ]),
)("a %s survives a kill %s", async (kind, _name, dieAt, expected) => {
  const parameters =
    kind === "message"
      ? messageParameters({ accountSid: twilio.accountSid, from: THEIRS, to: OURS, body: "hi" })
      : callParameters({
          accountSid: twilio.accountSid,
          callSid: `CA${"1".repeat(32)}`,
          from: THEIRS,
          to: OURS,
          status: "ringing",
          direction: "inbound",
        });
  useDataFolder(directory);
  const dying = await start(dieAt);
  await post(dying, parameters);
  expect(await dying.app.ended).toBeNull();
  const alive = await start();
  expect(await post(alive, parameters)).toBe(200);
  await eventually(() => expect(receivedEvents()).toEqual(expected));
  expect(await post(alive, parameters)).toBe(200);
  await alive.app[Symbol.asyncDispose]();
  expect(receivedEvents()).toEqual(expected);
});

const REQUEST = {
  request_id: "req_1",
  command: "send_message",
  payload: { to: THEIRS, message: "The gate is open" },
};
const SENT = { ok: true, sent: 1 };
const NOT_SENT_UNKNOWN = { ok: false, sent: 0 };

/** Name, point of the kill, the result for the script that repeats its request, and how many messages Twilio has sent. */
const OUTBOUND: readonly (readonly [string, string, object])[] = [
  ["before the command is kept", "before INSERT INTO commands", SENT],
  ["after the command is kept", "after INSERT INTO commands", SENT],
  ["before the start of the POST is stored", "before state = 'posting'", SENT],
  // The app cannot know whether the POST was sent. It was not, and the app does not send it.
  ["after the start of the POST is stored, before the POST", "after state = 'posting'", NOT_SENT_UNKNOWN],
  ["after Twilio has sent the message, before the result is stored", "before state = 'done'", SENT],
  ["after the result is stored", "after state = 'done'", SENT],
  ["before the end of the command is stored", "before SET finished_at", SENT],
  ["after the end of the command is stored", "after SET finished_at", SENT],
];

test.each(OUTBOUND)("a command survives a kill %s", async (_name, dieAt, expected) => {
  const dying = await start(dieAt);
  home.emit("twilio_request", REQUEST);
  expect(await dying.app.ended).toBeNull();
  const alive = await start();
  home.emit("twilio_request", REQUEST);
  await eventually(() => expect(receivedEvents()).toContain("twilio_result"));
  await alive.app[Symbol.asyncDispose]();
  const results = home.fired.filter(({ type }) => type === "twilio_result").map(({ data }) => data["ok"]);
  expect(new Set(results).size).toBe(1);
  expect({ ok: results[0], sent: twilio.messages().length }).toEqual(expected);
});

test("a command survives a kill after Twilio has sent the message, before its answer arrives", async () => {
  twilio.failNext({ kind: "hang" });
  const dying = await start();
  home.emit("twilio_request", REQUEST);
  await eventually(() => expect(twilio.messages()).toHaveLength(1));
  await dying.app.kill();
  await start();
  await eventually(() => expect(receivedEvents()).toEqual(["twilio_result"]));
  expect(home.fired[0]?.data).toMatchObject({ ok: true, sid: twilio.messages()[0]?.sid });
  expect(twilio.messages()).toHaveLength(1);
});

test("a webhook survives a kill after it was fired, before Home Assistant answered", async () => {
  home.behaviour.ignoreEvents = true;
  const dying = await start();
  const parameters = messageParameters({ accountSid: twilio.accountSid, from: THEIRS, to: OURS, body: "hi" });
  expect(await post(dying, parameters)).toBe(200);
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED]));
  await dying.app.kill();
  home.behaviour.ignoreEvents = false;
  await start();
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED, AGAIN]));
});

/** The results if Twilio answers 429 at first. */
const BUSY: readonly (readonly [string, string, object])[] = [
  // The journal says that the POST has begun, and the refusal is lost.
  ["before the refusal by Twilio is stored", "before state = 'waiting'", NOT_SENT_UNKNOWN],
  ["after the refusal by Twilio is stored", "after state = 'waiting'", SENT],
];

test.each(BUSY)(
  "a command that Twilio has refused with 429 survives a kill %s",
  async (_name, dieAt, expected) => {
    twilio.failNext({ kind: "error", status: 429, code: 20_429, message: "Too many requests" });
    const dying = await start(dieAt);
    home.emit("twilio_request", REQUEST);
    expect(await dying.app.ended).toBeNull();
    await start();
    await eventually(() => expect(receivedEvents()).toEqual(["twilio_result"]));
    expect({ ok: home.fired[0]?.data["ok"], sent: twilio.messages().length }).toEqual(expected);
  },
);

test("a request that came while Home Assistant was starting survives a kill after it is stored", async () => {
  const dying = await start("after INSERT INTO heard_requests");
  home.behaviour.state = "STARTING";
  home.disconnect();
  await eventually(() => expect([home.connections(), home.listensTo("twilio_request")]).toEqual([2, true]));
  home.emit("twilio_request", REQUEST);
  expect(await dying.app.ended).toBeNull();
  home.behaviour.state = "RUNNING";
  await start();
  await eventually(() => expect(receivedEvents()).toEqual(["twilio_result"]));
  expect([home.fired[0]?.data["ok"], twilio.messages().length]).toEqual([true, 1]);
});

test("an event that is requeued after a lost connection survives a kill", async () => {
  home.behaviour.ignoreEvents = true;
  const dying = await start("after SET state = 'pending'");
  const parameters = messageParameters({ accountSid: twilio.accountSid, from: THEIRS, to: OURS, body: "hi" });
  expect(await post(dying, parameters)).toBe(200);
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED]));
  home.disconnect();
  expect(await dying.app.ended).toBeNull();
  home.behaviour.ignoreEvents = false;
  await start();
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED, AGAIN]));
});

test("a message of the backfill survives a kill after it is stored, and is fired once", async () => {
  const first = await start();
  expect(
    await post(
      first,
      messageParameters({ accountSid: twilio.accountSid, from: THEIRS, to: OURS, body: "one" }),
    ),
  ).toBe(200);
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED]));
  await first.app[Symbol.asyncDispose]();
  const missedAt = new Date(Date.now() - 120_000);
  twilio.addMessage({ from: THEIRS, to: OURS, body: "missed", createdAt: missedAt });
  setLastBackfill(directory, missedAt);
  const app = await startProcess("after INSERT OR IGNORE INTO webhook_keys");
  expect(await app.ended).toBeNull();
  await start();
  await eventually(() => expect(home.fired.map(({ data }) => data["Body"])).toEqual(["one", "missed"]));
  expect(home.fired[1]).toMatchObject({ type: RECEIVED, data: { source: "backfill" } });
});
