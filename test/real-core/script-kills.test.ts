import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, test } from "vitest";

import { TWILIO_NUMBER } from "../../demo/numbers.ts";
import { createRandom } from "../random.ts";
import { accountOptions } from "../twilio-simulator/account-options.ts";
import type { Fault } from "../twilio-simulator/rest-app.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { startChaosApp } from "./chaos-app.ts";
import { connectToCore } from "./core-client.ts";
import { describeWithCore } from "./describe-with-core.ts";
import { startCore } from "./start-core.ts";

const SEED = 20_261_125;
const CALLS = 60;
const KILLS = 6;
const TIMEOUT_S = 12;

interface Answer {
  readonly text: string;
  readonly seconds: number;
  readonly ok?: boolean;
  readonly sid?: string;
  readonly error?: { readonly code: string } | null;
}

describeWithCore("scripts whose app is killed in the middle", (installation) => {
  test(
    "no automation hangs beyond its timeout, and none is told that it failed about what is sent",
    { timeout: 120_000 },
    async () => {
      await using undo = new AsyncDisposableStack();
      const random = createRandom(SEED);
      const core = undo.use(await startCore({ installation }));
      const client = undo.use(await connectToCore(core.url, core.token));
      const twilio = undo.use(
        await startTwilioSimulator({ numbers: [TWILIO_NUMBER], chooseFault: ({ method }) => fault(method) }),
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
      await app.logged(/script\.twilio_send_message is in place/);

      const called = Array.from({ length: CALLS }, (_none, n) => send(n));
      for (let count = 0; count < KILLS; count += 1) {
        await sleep(200 + random.below(800));
        await app.killAndStart();
      }
      const answers = await Promise.all(called);
      // Whatever is sent after an automation was told shows by now: nothing starts after a command's time.
      await sleep(2_000);

      expect(answers.filter(({ seconds }) => seconds > TIMEOUT_S + 3)).toEqual([]);
      expect(answers.filter((answer) => !isTrue(answer))).toEqual([]);
      // The rest had no time left, on a machine that does much else.
      expect(answers.filter(({ ok }) => ok === true).length).toBeGreaterThan(CALLS / 4);

      function fault(method: string): Fault | undefined {
        if (method === "GET") return undefined;
        const chance = random.next();
        if (chance < 0.1) return { kind: "reset-after-acting" };
        return chance < 0.7 ? { kind: "delay", ms: random.below(600) } : undefined;
      }

      async function send(n: number): Promise<Answer> {
        await sleep(random.below(4_000));
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
});
