import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, vi } from "vitest";

import type { AppProcess } from "../../../demo/start-app-process.ts";
import { startBuiltApp } from "../../app/start-built-app.ts";
import { PUBLIC_URL } from "../../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { accountOptions } from "../../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { sendWebhook } from "../../twilio-simulator/webhooks/send-webhook.ts";
import { messageParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";

export const OURS = "+15005550006";
export const THEIRS = "+12125550123";
const DIE_AT = new URL("die-at.ts", import.meta.url).pathname;

/** The types of events for automations. An event with `redelivered` may be a repetition. */
export const RECEIVED = "twilio_data_received";
export const AGAIN = `${RECEIVED} redelivered`;
export const MISSED = "twilio_data_missed redelivered";

export const REQUEST = {
  request_id: "req_1",
  command: "send_message",
  payload: { to: THEIRS, message: "The gate is open" },
};
export const SENT = { ok: true, sent: 1 };
export const NOT_SENT_UNKNOWN = { ok: false, sent: 0 };

export interface StartedApp {
  readonly app: AppProcess;
  readonly webhook: string;
}

export interface CrashHouse {
  readonly home: FakeHomeAssistant;
  readonly twilio: TwilioSimulator;
  readonly directory: string;
  /** Starts the app as a process. With `dieAt`, the process kills itself at that point. */
  startProcess(dieAt: string): Promise<AppProcess>;
  /** Starts the app. Resolves when it listens and is connected. */
  start(dieAt?: string): Promise<StartedApp>;
  /** Posts a webhook. Resolves with 200 if the app acknowledged it, or with 0 if the app was killed. */
  post(app: StartedApp, parameters: Record<string, string>): Promise<number>;
  /** The parameters of the webhook of a new message. */
  newMessage(body?: string): Record<string, string>;
  /**
   * The events that Home Assistant received, or only those of the message `sid`. Each says whether it is marked as a
   * repetition.
   */
  receivedEvents(sid?: string): string[];
}

/** Resolves when `check` throws no error. */
export const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 10 });

/** Gives each test of a file its own data folder, Home Assistant and Twilio. */
export function useCrashHouse(): CrashHouse {
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

  async function startProcess(dieAt: string): Promise<AppProcess> {
    return undo.use(
      await startBuiltApp({
        options: {
          ...accountOptions(twilio),
          public_url: PUBLIC_URL,
          default_sender: OURS,
          // No automation takes a call, so each answer to Twilio is held for this time.
          incoming_calls: { wait_seconds: 0.5 },
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

  return {
    get home() {
      return home;
    },
    get twilio() {
      return twilio;
    },
    get directory() {
      return directory;
    },
    startProcess,
    async start(dieAt = "") {
      const app = await startProcess(dieAt);
      const line = await app.logged(/Listening for Twilio on port/);
      await app.logged(/Connected to Home Assistant/);
      return { app, webhook: `http://127.0.0.1:${/port (\d+)/.exec(line)?.[1]}/webhook` };
    },
    async post({ webhook }, parameters) {
      const target = { url: `${PUBLIC_URL}/webhook`, deliverTo: webhook };
      return await sendWebhook(twilio.authToken, target, parameters).then(
        ({ status }) => status,
        () => 0,
      );
    },
    newMessage: (body = "hi") =>
      messageParameters({ accountSid: twilio.accountSid, from: THEIRS, to: OURS, body }),
    receivedEvents: (sid) =>
      home.fired
        .filter(({ data }) => sid === undefined || data["MessageSid"] === sid)
        .map(({ type, data }) => type + (data["redelivered"] === true ? " redelivered" : "")),
  };
}
