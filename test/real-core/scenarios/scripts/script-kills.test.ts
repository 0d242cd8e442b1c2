import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { TWILIO_NUMBER } from "../../../../demo/numbers.ts";
import { PATIENCE_MS } from "../../../patience.ts";
import { createRandom } from "../../../random.ts";
import { accountOptions } from "../../../twilio-simulator/account-options.ts";
import type { Fault } from "../../../twilio-simulator/api/rest-app.ts";
import { startTwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import { startChaosApp } from "../../house/chaos-app.ts";
import { connectToCore } from "../../house/core/core-client.ts";
import { startCore } from "../../house/core/start-core.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

const SEED = 20_261_125;
const KILLS = 6;
/** The number of requests before each kill, which are at Twilio when it comes. */
const CALLS = 10;
const ARRIVED = 3;
/** No request reaches its timeout unless its answer is lost, also on a machine that pauses for half a minute. */
const TIMEOUT_S = 150;

interface Answer {
  readonly text: string;
  readonly seconds: number;
  readonly ok?: boolean;
  readonly sid?: string;
  readonly error?: { readonly code: string } | null;
}

describeWithCore(
  "while the app is killed again and again, an automation that calls the app's scripts",
  (installation) => {
    test(
      "never waits longer than twice its timeout, and gets no failure except unknown_outcome for a message that was sent",
      { timeout: 10 * PATIENCE_MS },
      async () => {
        await using undo = new AsyncDisposableStack();
        const random = createRandom(SEED);
        const core = undo.use(await startCore({ installation }));
        const client = undo.use(await connectToCore(core.url, core.token));
        const twilio = undo.use(
          await startTwilioSimulator({
            numbers: [TWILIO_NUMBER],
            chooseFault: ({ method }) => fault(method),
          }),
        );
        const directory = await mkdtemp(join(tmpdir(), "twilio-kills-"));
        undo.defer(() => rm(directory, { recursive: true }));
        const app = undo.use(
          await startChaosApp({
            options: {
              ...accountOptions(twilio),
              default_sender: TWILIO_NUMBER,
              log_level: "debug",
            },
            homeAssistant: core,
            directory,
          }),
        );
        await app.logged(/script\.twilio_send_message is installed and up to date/);

        const called: Promise<Answer>[] = [];
        for (let kill = 0; kill < KILLS; kill += 1) {
          const before = twilio.messages().length;
          for (let call = 0; call < CALLS; call += 1) called.push(send(kill * CALLS + call));
          // The kill waits for messages, because a slow machine may not have sent any at a fixed time.
          await vi.waitFor(() => expect(twilio.messages().length).toBeGreaterThanOrEqual(before + ARRIVED), {
            interval: 5,
          });
          await app.killAndStart();
        }
        const answers = await Promise.all(called);
        // When the app works again, everything that it still sends of the earlier requests has been sent, since their
        // time is over.
        const last = await send(KILLS * CALLS);
        expect(last).toMatchObject({ ok: true });

        // An automation that missed its timeout would wait for a second one.
        expect(answers.filter(({ seconds }) => seconds > 2 * TIMEOUT_S)).toEqual([]);
        expect(answers.filter((answer) => !isTrue(answer))).toEqual([]);

        function fault(method: string): Fault | undefined {
          if (method === "GET") return undefined;
          const chance = random.next();
          if (chance < 0.1) return { kind: "reset-after-acting" };
          return chance < 0.7 ? { kind: "delay", ms: random.below(600) } : undefined;
        }

        async function send(n: number): Promise<Answer> {
          const text = `call ${n}`;
          const startedAt = performance.now();
          const to = `+1415555${String(1_000 + (n % 20))}`;
          const data = { to, message: text, timeout: TIMEOUT_S, on_error: "respond" };
          const response = await client.callService("script", "twilio_send_message", data, {
            returnResponse: true,
          });
          return { text, seconds: (performance.now() - startedAt) / 1000, ...(response as object) };
        }

        function isTrue({ text, ok, sid, error }: Answer): boolean {
          const sent = twilio.messages().filter(({ body }) => body === text);
          if (ok === true) return sent.length === 1 && sent[0]?.sid === sid;
          return sent.length === 0 || (sent.length === 1 && error?.code === "unknown_outcome");
        }
      },
    );
  },
);
