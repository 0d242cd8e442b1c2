import { MY_NUMBER } from "./bench-account.ts";
import type { BenchClient } from "./connect-client.ts";
import { monotonicMs } from "./monotonic-ms.ts";
import { ms, type Row, times } from "./row.ts";
import type { TwilioStandIn } from "./start-twilio-stand-in.ts";
import { median, ROUNDS } from "./statistics.ts";

const WARM_UP = 10;
const CALLS = 50;
const RECIPIENTS = 100;
const LATENCY_MS = 120;
const MOST_MORE_MS = 0.4;

type Notifier = "app_sms" | "core_sms";

interface Taken {
  readonly firstArrivedMs: number;
  readonly lastAnsweredMs: number;
}

export interface SendingOptions {
  readonly client: BenchClient;
  readonly twilio: TwilioStandIn;
  /** The time of one commit on this disk, in milliseconds. */
  readonly commitMs: number;
}

/** Measures the time from an action in Home Assistant to Twilio's request. */
export async function measureSending({ client, twilio, commitMs }: SendingOptions): Promise<Row[]> {
  let finished = (): void => undefined;
  const unsubscribe = await client.listen("twilio_result", () => finished());

  /** Resolves when the action is completely done, so that the next one does not overlap with it. */
  async function send(notifier: Notifier, target: readonly string[]): Promise<Taken> {
    const result = new Promise<void>((resolve) => (finished = resolve));
    const { firstArrived, lastAnswered } = twilio.expect(target.length);
    const startedAt = monotonicMs();
    const called = client.callService("notify", notifier, { message: "The gate is open", target });
    const taken = {
      firstArrivedMs: (await firstArrived) - startedAt,
      lastAnsweredMs: (await lastAnswered) - startedAt,
    };
    await called;
    if (notifier === "app_sms") await result;
    return taken;
  }

  const medians = { app_sms: [] as number[], core_sms: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const singles = { app_sms: [] as number[], core_sms: [] as number[] };
    for (let count = -WARM_UP; count < CALLS; count += 1) {
      for (const notifier of ["core_sms", "app_sms"] as const) {
        const { firstArrivedMs } = await send(notifier, [MY_NUMBER]);
        if (count >= 0) singles[notifier].push(firstArrivedMs);
      }
    }
    medians.app_sms.push(median(singles.app_sms));
    medians.core_sms.push(median(singles.core_sms));
  }

  const everybody = Array.from({ length: RECIPIENTS }, (_none, index) => `+1212555${1000 + index}`);
  twilio.latencyMs = LATENCY_MS;
  const runs: number[] = [];
  for (let run = 0; run < ROUNDS; run += 1) {
    runs.push((await send("app_sms", everybody)).lastAnsweredMs);
  }
  const one = (await send("core_sms", everybody)).lastAnsweredMs;
  twilio.latencyMs = 0;
  await unsubscribe();

  const [app50, core50] = [median(medians.app_sms), median(medians.core_sms)];
  const most = core50 + commitMs + MOST_MORE_MS;
  const all = median(runs);
  return [
    {
      figure: "notify action → Twilio has the request, p50",
      app: ms(app50),
      core: ms(core50),
      ratio: times(app50, core50),
      goal: `≤ Core's + one commit + ${MOST_MORE_MS} ms = ${ms(most)}`,
      met: app50 <= most,
    },
    {
      figure: `one message to ${RECIPIENTS} recipients, Twilio answers after ${LATENCY_MS} ms`,
      app: ms(all),
      core: ms(one),
      ratio: `${(one / all).toFixed(1)} × faster`,
      goal: "≥ 8 × faster",
      met: one >= 8 * all,
    },
  ];
}
