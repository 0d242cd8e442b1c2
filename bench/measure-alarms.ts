import { signWebhook } from "../test/twilio-simulator/webhooks/sign-webhook.ts";
import { callParameters } from "../test/twilio-simulator/webhooks/webhook-parameters.ts";
import { ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL, TWILIO_NUMBER } from "./bench-account.ts";
import type { BenchClient } from "./connect-client.ts";
import { monotonicMs } from "./monotonic-ms.ts";
import { ALONE, ms, type Row } from "./row.ts";
import { type BundleOptions, startBundle } from "./start-bundle.ts";
import type { TwilioStandIn } from "./start-twilio-stand-in.ts";
import { percentile } from "./statistics.ts";
import { until } from "./until.ts";

const WARM_UP = 10;
const ALARMS = 50;
const AT_ONCE = 100;
const MOST_MS = 10;

interface Sides {
  readonly options: BundleOptions;
  readonly client: BenchClient;
  readonly twilio: TwilioStandIn;
}

/** Measures alarms: from the start to the first call, from the pressed key to the event, and many at the same time. */
export async function measureAlarms({ options, client, twilio }: Sides): Promise<Row[]> {
  await using app = await startBundle(options);
  const taken = new Map<unknown, number>();
  const unsubscribe = await client.listen("twilio_alarm", ({ alarm, state }, at) => {
    if (state === "taken") taken.set(alarm, at);
  });
  let numbers = 0;
  /** Each alarm calls another number, because the app limits how often it calls a number in a short time. */
  const start = (alarm: string): Promise<void> => {
    numbers += 1;
    const payload = { alarm, message: "Water in the cellar.", people: [`+1212555${1_000 + numbers}`] };
    return client.fire("twilio_request", { request_id: alarm, command: "alarm", payload });
  };

  const toPost: number[] = [];
  const toEvent: number[] = [];
  for (let count = -WARM_UP; count < ALARMS; count += 1) {
    const alarm = `Alarm ${count}`;
    const { firstArrived, lastAnswered, form, sid } = twilio.expect(1);
    const startedAt = monotonicMs();
    void start(alarm);
    const postedAt = await firstArrived;
    await lastAnswered;
    const { To = "", Twiml = "" } = await form;
    const target = /action="([^"]+)"/.exec(Twiml)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const pressedAt = monotonicMs();
    void press(target.slice(PUBLIC_URL.length).split("#")[0] ?? "", To, await sid);
    await until("the alarm is taken", () => taken.has(alarm));
    if (count < 0) continue;
    toPost.push(postedAt - startedAt);
    toEvent.push((taken.get(alarm) ?? Number.NaN) - pressedAt);
  }

  const { lastAnswered } = twilio.expect(AT_ONCE);
  const startedAt = monotonicMs();
  for (let count = 0; count < AT_ONCE; count += 1) void start(`At once ${count}`);
  const all = (await lastAnswered) - startedAt;
  await unsubscribe();
  return [
    row("alarm started → first POST to Twilio, p50", toPost),
    row("key pressed on a call of an alarm → event, p50", toEvent),
    { ...ALONE, figure: `${AT_ONCE} alarms at the same time → last POST`, app: ms(all), goal: "", met: null },
  ];

  async function press(path: string, to: string, callSid: string): Promise<void> {
    const call = callParameters({
      accountSid: ACCOUNT_SID,
      callSid,
      from: TWILIO_NUMBER,
      to,
      status: "in-progress",
      direction: "outbound-api",
    });
    const parameters = { ...call, Digits: "1" };
    await fetch(`http://127.0.0.1:${app.target.port}${path}`, {
      method: "POST",
      headers: { "X-Twilio-Signature": signWebhook(AUTH_TOKEN, PUBLIC_URL + path, parameters) },
      body: new URLSearchParams(parameters),
    });
  }
}

function row(figure: string, measured: readonly number[]): Row {
  const p50 = percentile(measured, 0.5);
  return { ...ALONE, figure, app: ms(p50), goal: `≤ ${MOST_MS} ms`, met: p50 <= MOST_MS };
}
