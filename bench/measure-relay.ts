import { setTimeout as delay } from "node:timers/promises";

import { setUpRelay } from "../demo/set-up-relay.ts";
import { connectToCore } from "../test/real-core/house/core/core-client.ts";
import { startTwilioSimulator } from "../test/twilio-simulator/start-twilio-simulator.ts";
import { sendWebhook } from "../test/twilio-simulator/webhooks/send-webhook.ts";
import { messageParameters } from "../test/twilio-simulator/webhooks/webhook-parameters.ts";
import { ACCOUNT_SID, AUTH_TOKEN, MY_NUMBER, PUBLIC_URL, TWILIO_NUMBER } from "./bench-account.ts";
import { cpuPercent } from "./process-cpu.ts";
import { settledMb } from "./process-memory.ts";
import { ALONE, ms, type Row } from "./row.ts";
import { type BundleOptions, startBundle } from "./start-bundle.ts";
import { percentile } from "./statistics.ts";

const MESSAGES = 60;
const WARM_UP = 5;
const IDLE_MS = 60_000;
/** After this time, polling has read its lists, and the daily checks have been made. */
const CALM_AFTER_MS = 20_000;
const MOST_ADDED_MS = 20;
const MOST_PERCENT = 0.2;
const MOST_MORE_MB = 2;
/** When the Function looks for an answer, in milliseconds after its first post. See addon/relay/relay.js. */
const READS_MS = [0, 100, 250, 500, 1_200];

/**
 * Measures messages that arrive by the webhook relay beside messages that arrive at the app's own port. Also measures
 * the processor time that polling takes. A simulator is Twilio and runs the relay's Function.
 */
export async function measureRelay(options: BundleOptions, say: (line: string) => void): Promise<Row[]> {
  await using twilio = await startTwilioSimulator({
    numbers: [TWILIO_NUMBER],
    accountSid: ACCOUNT_SID,
    signer: AUTH_TOKEN,
  });
  await using ownPort = await startBundle(options);
  await using house = await startBundle({
    ...options,
    simulator: { url: twilio.url, authToken: twilio.authToken },
  });
  say(`polling, for ${IDLE_MS / 1000} s`);
  await delay(CALM_AFTER_MS);
  const idleMb = await settledMb(ownPort.pid);
  const percent = await cpuPercent(house.pid, IDLE_MS);
  const pollingMb = await settledMb(house.pid);

  say("messages by the relay");
  const core = await connectToCore(options.homeAssistant.url, options.homeAssistant.token);
  await core.command({ type: "config/core/update", external_url: options.homeAssistant.url });
  await core[Symbol.asyncDispose]();
  await setUpRelay(house.panelUrl.replace(/\/$/, ""));
  const byRelay = await measureMessages(() =>
    twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: "Is the gate closed?" }),
  );
  const target = {
    url: `${PUBLIC_URL}/webhook`,
    deliverTo: `http://127.0.0.1:${ownPort.target.port}/webhook`,
  };
  const byPort = await measureMessages(() =>
    sendWebhook(
      AUTH_TOKEN,
      target,
      messageParameters({ accountSid: ACCOUNT_SID, from: MY_NUMBER, to: TWILIO_NUMBER, body: "Hello" }),
    ),
  );

  const added = byRelay.map((total) => total - waitingIn(total));
  const [relay50, port50, added50] = [
    percentile(byRelay, 0.5),
    percentile(byPort, 0.5),
    percentile(added, 0.5) - percentile(byPort, 0.5),
  ];
  return [
    {
      figure: "message by the relay, on this machine, p50 / p99",
      app: `${ms(relay50)} / ${ms(percentile(byRelay, 0.99))}; the Function waits for ${ms(waitingIn(relay50))} of it. At the own port: ${ms(port50)} / ${ms(percentile(byPort, 0.99))}`,
      ...ALONE,
      goal: `our own code adds ≤ ${MOST_ADDED_MS} ms`,
      met: added50 <= MOST_ADDED_MS,
    },
    {
      figure: `CPU of one core over ${IDLE_MS / 1000} s of polling`,
      app: `${percent.toFixed(2)} %`,
      ...ALONE,
      goal: `≤ ${MOST_PERCENT} %`,
      met: percent <= MOST_PERCENT,
    },
    {
      figure: "memory, idle and polling",
      app: `${pollingMb.toFixed(1)} MB (${idleMb.toFixed(1)} MB without polling)`,
      ...ALONE,
      goal: `≤ ${MOST_MORE_MB} MB more`,
      met: pollingMb <= idleMb + MOST_MORE_MB,
    },
  ];
}

/** The time of each message until Twilio has the answer, in milliseconds. */
async function measureMessages(send: () => Promise<{ readonly status: number }>): Promise<number[]> {
  const taken: number[] = [];
  for (let count = -WARM_UP; count < MESSAGES; count += 1) {
    const startedAt = performance.now();
    const { status } = await send();
    if (status !== 200) throw new Error(`a message was answered with ${status}`);
    if (count >= 0) taken.push(performance.now() - startedAt);
  }
  return taken;
}

/** How long the Function waited, if a message took `total` milliseconds. */
function waitingIn(total: number): number {
  return READS_MS.findLast((at) => at <= total) ?? 0;
}
