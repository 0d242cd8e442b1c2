import { MY_NUMBER } from "./bench-account.ts";
import type { BenchClient } from "./connect-client.ts";
import { monotonicMs } from "./monotonic-ms.ts";
import { residentMb } from "./process-memory.ts";
import { ALONE, ms, type Row } from "./row.ts";
import type { RunningBundle } from "./start-bundle.ts";
import { percentile } from "./statistics.ts";
import { until } from "./until.ts";

const WARM_UP = 10;
const CALLS = 150;
const AT_ONCE = 1_000;
const MOST_MS = 15;
const MOST_MB = 130;

/** Measures the time from a script's call to its response. Core's own actions have no response to compare with. */
export async function measureScripts({
  app,
  client,
}: {
  readonly app: RunningBundle;
  readonly client: BenchClient;
}): Promise<Row[]> {
  const send = (n: number): Promise<unknown> =>
    client.respond("script", "twilio_send_message", {
      to: `+1212555${String(1_000 + (n % 9_000))}`,
      message: `The gate is open (${n})`,
      timeout: 120,
    });
  await until("the app has put its script into Home Assistant", () =>
    client.respond("script", "twilio_send_message", { to: MY_NUMBER, message: "Is the script there?" }).then(
      () => true,
      () => false,
    ),
  );
  const taken: number[] = [];
  for (let count = -WARM_UP; count < CALLS; count += 1) {
    const startedAt = monotonicMs();
    await send(count + WARM_UP);
    if (count >= 0) taken.push(monotonicMs() - startedAt);
  }
  const startedAt = monotonicMs();
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_none, n) => send(n)));
  const all = monotonicMs() - startedAt;
  const answered = answers.filter((answer) => (answer as { ok?: boolean } | null)?.ok === true).length;
  const memory = await residentMb(app.pid);
  const p50 = percentile(taken, 0.5);
  return [
    {
      figure: "script call → response, p50",
      app: ms(p50),
      ...ALONE,
      goal: `≤ ${MOST_MS} ms`,
      met: p50 <= MOST_MS,
    },
    {
      figure: `${AT_ONCE.toLocaleString("en")} script calls at once`,
      app: `${answered.toLocaleString("en")} answered in ${ms(all)}; ${memory.toFixed(0)} MB`,
      ...ALONE,
      goal: `all answered, ≤ ${MOST_MB} MB`,
      met: answered === AT_ONCE && memory <= MOST_MB,
    },
  ];
}
