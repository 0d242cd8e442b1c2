import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import pLimit from "p-limit";
import { expect, test, vi } from "vitest";

import { createRandom } from "../../random.ts";
import { accountOptions } from "../../twilio-simulator/account-options.ts";
import { fakeSid } from "../../twilio-simulator/api/fake-sid.ts";
import type { Fault } from "../../twilio-simulator/api/rest-app.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { sendWebhook } from "../../twilio-simulator/webhooks/send-webhook.ts";
import { callParameters, messageParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";
import { insist, startChaosApp } from "../house/chaos-app.ts";
import {
  callsActedOnTwice,
  disorder,
  falseResults,
  isMaybeFiredCall,
  missing,
  notFound,
  statusSubject,
  STATUSES,
  unmarkedRepeats,
} from "../house/chaos-checks.ts";
import { connectToCore } from "../house/core/core-client.ts";
import { startRecordingCore } from "../house/recorded-events.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const SEED = 20_261_124;
const MESSAGES = 1_400;
const STATUS_CHAINS = 200;
/** The number of simultaneous calls before each kill. */
const CALLS_AT_ONCE = 10;
const COMMANDS = 300;
const RECIPIENTS = 40;
const KILLS = 22;
const CORE_RESTARTS = 2;
const OURS = "+15005550006";
const PUBLIC_URL = "https://home.example";
/** The timeout of requests. It is longer than the test on a slow machine, so that it does not decide what is sent. */
const TIMEOUT_S = 3_600;
const PATIENCE_MS = 240_000;
/** How long Twilio waits for the answer to a webhook. */
const ANSWER_MS = 15_000;

describeWithCore("while the app and Home Assistant are killed at random times,", (installation) => {
  test("no acknowledged webhook is lost and no message is sent twice", { timeout: 900_000 }, async () => {
    await using undo = new AsyncDisposableStack();
    const random = createRandom(SEED);
    const recording = undo.use(await startRecordingCore(installation));
    const { core } = recording;
    const twilio = undo.use(
      await startTwilioSimulator({ numbers: [OURS], chooseFault: ({ method }) => fault(method) }),
    );
    const directory = await mkdtemp(join(tmpdir(), "twilio-chaos-"));
    undo.defer(() => rm(directory, { recursive: true }));
    const app = undo.use(
      await startChaosApp({
        options: {
          ...accountOptions(twilio),
          public_url: PUBLIC_URL,
          default_sender: OURS,
          // No automation sends steps for these calls.
          incoming_calls: { wait_seconds: 0, otherwise: "reject" },
          limits: { messages_per_day: 10_000, calls_per_day: 10_000 },
        },
        homeAssistant: core,
        directory,
      }),
    );
    /** The requests without a result so far. */
    const waiting = new Set(Array.from({ length: COMMANDS }, (_none, n) => n));
    /** The subjects of webhooks that the app has acknowledged. */
    const subjects = new Set<string>();

    await Promise.all([
      sendMessages(),
      sendStatuses(),
      sendCommands(),
      killApp(),
      restartCore(),
      hideTwilio(),
    ]);
    await vi.waitFor(async () => expect(missing(await recording.events(), subjects)).toEqual([]), {
      timeout: PATIENCE_MS,
      interval: 500,
    });

    const events = await recording.events();
    const messages = twilio.messages();
    expect(app.kills()).toBeGreaterThanOrEqual(20);
    expect(unmarkedRepeats(events)).toEqual([]);
    expect(callsActedOnTwice(events)).toEqual([]);
    expect(disorder(events)).toEqual([]);
    expect(falseResults(events, messages)).toEqual([]);
    expect(notFound(events, messages).length).toBeLessThanOrEqual(COMMANDS / 100);
    expect(events.some(isMaybeFiredCall)).toBe(true);
    const texts = messages.map(({ body }) => body);
    expect(texts.length - new Set(texts).size).toBe(0);
    expect(texts.length).toBeGreaterThan(COMMANDS / 2);

    function fault(method: string): Fault | undefined {
      const chance = random.next();
      if (method === "GET") return chance < 0.05 ? { kind: "status", status: 503 } : undefined;
      if (chance < 0.04) return { kind: "reset-after-acting" };
      if (chance < 0.06) return { kind: "reset-before-acting" };
      if (chance < 0.1) return { kind: "status-after-acting", status: random.pick([500, 502]) };
      if (chance < 0.12) return { kind: "status", status: random.pick([500, 502]) };
      if (chance < 0.2) return { kind: "error", status: 429, code: 20429, message: "Too many requests" };
      return chance < 0.4 ? { kind: "delay", ms: random.below(300) } : undefined;
    }

    /** Repeats `attempt` until it succeeds, as Twilio's retries and a script do. */
    async function repeat(what: string, attempt: () => Promise<void>): Promise<void> {
      const state = (): string =>
        `${what}; ${app.kills()} kills, ${subjects.size} acknowledged webhooks, ${waiting.size} open requests`;
      await insist(attempt, { withinMs: PATIENCE_MS, state });
    }

    async function deliver(parameters: Record<string, string>, path: string): Promise<void> {
      const target = { url: `${PUBLIC_URL}${path}`, deliverTo: `http://127.0.0.1:${app.port}${path}` };
      await repeat(`webhook to ${path}`, async () => {
        // A webhook without an answer is repeated as well.
        const signal = AbortSignal.timeout(ANSWER_MS);
        const { status } = await sendWebhook(twilio.authToken, target, parameters, {}, signal);
        if (status >= 300) throw new Error(`answered ${status}`);
      });
    }

    async function sendMessages(): Promise<void> {
      const atOnce = pLimit(8);
      const one = async (n: number): Promise<void> => {
        const parameters = messageParameters({
          accountSid: twilio.accountSid,
          from: `+1212555${String(n).padStart(4, "0")}`,
          to: OURS,
          body: `n${n}`,
        });
        await deliver(parameters, "/webhook");
        subjects.add(parameters["MessageSid"] ?? "");
        // Twilio repeats some webhooks although they were acknowledged.
        if (n % 7 === 0) await deliver(parameters, "/webhook");
        await sleep(random.below(60));
      };
      await Promise.all(Array.from({ length: MESSAGES }, (_none, n) => atOnce(one, n)));
    }

    /** Several people call at the same time. Twilio repeats the webhooks of some of these calls. */
    async function sendCalls(): Promise<void> {
      const one = async (): Promise<void> => {
        const callSid = fakeSid("CA");
        const call = { callSid, from: "+12125550000", to: OURS, status: "ringing", direction: "inbound" };
        const parameters = callParameters({ accountSid: twilio.accountSid, ...call });
        await deliver(parameters, "/webhook");
        subjects.add(callSid);
        if (random.next() < 0.3) await deliver(parameters, "/webhook");
      };
      await Promise.all(Array.from({ length: CALLS_AT_ONCE }, one));
    }

    async function sendStatuses(): Promise<void> {
      const atOnce = pLimit(4);
      const chain = async (n: number): Promise<void> => {
        const sid = `SM${String(n).padStart(32, "0")}`;
        for (const status of STATUSES) {
          const form = { MessageSid: sid, MessageStatus: status, From: OURS, To: "+12125550000" };
          await deliver({ ...form, AccountSid: twilio.accountSid }, "/status/message");
          subjects.add(statusSubject(sid, status));
          await sleep(random.below(60));
        }
      };
      await Promise.all(Array.from({ length: STATUS_CHAINS }, (_none, n) => atOnce(chain, n)));
    }

    /** Sends requests like the app's script, which repeats a request with the same ID until its result comes. */
    async function sendCommands(): Promise<void> {
      const results = new Set<unknown>();
      while (waiting.size > 0) {
        await repeat("requests", () => askFor([...waiting]));
        await sleep(1_500);
        for (const { type, data } of await recording.events())
          if (type === "twilio_result") results.add(data["request_id"]);
        for (const n of waiting) if (results.has(`req_${n}`)) waiting.delete(n);
      }
    }

    async function askFor(numbers: readonly number[]): Promise<void> {
      await using client = await connectToCore(core.url, core.token);
      for (const n of numbers) {
        const payload = { to: `+1415555${String(1_000 + (n % RECIPIENTS))}`, message: `command ${n}` };
        const data = { request_id: `req_${n}`, command: "send_message", timeout: TIMEOUT_S, payload };
        await client.command({ type: "fire_event", event_type: "twilio_request", event_data: data });
      }
    }

    async function killApp(): Promise<void> {
      while (app.kills() < KILLS || !(await recording.events()).some(isMaybeFiredCall)) {
        await sleep(200 + random.below(2_500));
        // Even on a slow machine, most requests get their results between the kills.
        const enough = (COMMANDS / 2) * (app.kills() / KILLS);
        await vi.waitFor(() => expect(waiting.size === 0 || twilio.messages().length > enough).toBe(true), {
          timeout: PATIENCE_MS,
        });
        // These calls are in progress when the app is killed.
        const calls = sendCalls();
        await sleep(random.below(40));
        await Promise.all([app.killAndStart(), calls]);
      }
    }

    async function restartCore(): Promise<void> {
      for (let count = 0; count < CORE_RESTARTS; count += 1) {
        await sleep(5_000);
        if (count > 0) await core.kill();
        await core.restart();
      }
    }

    async function hideTwilio(): Promise<void> {
      for (let count = 0; count < 3; count += 1) {
        await sleep(4_000);
        const show = await twilio.refuseConnections();
        await sleep(500);
        await show();
      }
    }
  });
});
