import { fakeSid } from "../test/twilio-simulator/api/fake-sid.ts";
import { signWebhook } from "../test/twilio-simulator/webhooks/sign-webhook.ts";
import { callParameters } from "../test/twilio-simulator/webhooks/webhook-parameters.ts";
import { ACCOUNT_SID, AUTH_TOKEN, MY_NUMBER, PUBLIC_URL, TWILIO_NUMBER } from "./bench-account.ts";
import type { BenchClient } from "./connect-client.ts";
import { monotonicMs } from "./monotonic-ms.ts";
import { ms, type Row } from "./row.ts";
import type { RunningBundle } from "./start-bundle.ts";
import { percentile } from "./statistics.ts";
import { until } from "./until.ts";

const WARM_UP = 10;
const CALLS = 100;
const MOST_MS = 5;

interface Sides {
  readonly app: RunningBundle;
  readonly client: BenchClient;
}

/** Measures steps on calls: from an automation's step to its TwiML, and from the caller's input to the automation. */
export async function measureTalk({ app, client }: Sides): Promise<Row[]> {
  const rung = new Set<unknown>();
  const results = new Map<unknown, number>();
  const stops = [
    await client.listen("twilio_data_received", ({ CallSid }) => void rung.add(CallSid)),
    await client.listen("twilio_result", (data, at) => void results.set(data["request_id"], at)),
  ];
  const toTwiml: number[] = [];
  const toEvent: number[] = [];
  for (let count = -WARM_UP; count < CALLS; count += 1) {
    const sid = fakeSid("CA");
    const call = callParameters({
      accountSid: ACCOUNT_SID,
      callSid: sid,
      from: MY_NUMBER,
      to: TWILIO_NUMBER,
      status: "ringing",
      direction: "inbound",
    });
    const step = (id: string, payload: object): Promise<void> =>
      client.fire("twilio_request", {
        request_id: `${sid}_${id}`,
        command: "talk",
        payload: { call: sid, ...payload },
      });
    const ringing = post("/webhook", call);
    await until("the call has reached Home Assistant", () => rung.has(sid));

    const askedAt = monotonicMs();
    void step("ask", { say: "Your PIN, please.", ask: "digits", digits: 4 });
    const asked = await ringing;
    const target = /action="([^"]+)"/.exec(asked.body)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const enteredAt = monotonicMs();
    const held = post(target.slice(PUBLIC_URL.length).split("#")[0] ?? "", {
      ...call,
      CallStatus: "in-progress",
      Digits: "4711",
    });
    await until("what was entered has reached Home Assistant", () => results.has(`${sid}_ask`));
    void step("end", { then: "hang_up" });
    await held;
    if (count < 0) continue;
    toTwiml.push(asked.at - askedAt);
    toEvent.push((results.get(`${sid}_ask`) ?? Number.NaN) - enteredAt);
  }
  for (const stop of stops) await stop();
  return [
    row("next step fired → TwiML on the wire, p50", toTwiml),
    row("entered on a call → event, p50", toEvent),
  ];

  async function post(path: string, parameters: Readonly<Record<string, string>>) {
    const response = await fetch(`http://127.0.0.1:${app.target.port}${path}`, {
      method: "POST",
      headers: { "X-Twilio-Signature": signWebhook(AUTH_TOKEN, PUBLIC_URL + path, parameters) },
      body: new URLSearchParams(parameters),
    });
    const body = await response.text();
    return { body, at: monotonicMs() };
  }
}

function row(figure: string, taken: readonly number[]): Row {
  const p50 = percentile(taken, 0.5);
  return { figure, app: ms(p50), core: "", ratio: "", goal: `≤ ${MOST_MS} ms`, met: p50 <= MOST_MS };
}
