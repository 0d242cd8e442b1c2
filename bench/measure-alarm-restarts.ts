import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { signWebhook } from "../test/twilio-simulator/webhooks/sign-webhook.ts";
import { callParameters } from "../test/twilio-simulator/webhooks/webhook-parameters.ts";
import { ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL, TWILIO_NUMBER } from "./bench-account.ts";
import type { BenchClient } from "./connect-client.ts";
import { monotonicMs } from "./monotonic-ms.ts";
import { ALONE, ms, type Row } from "./row.ts";
import { type BundleOptions, type RunningBundle, startBundle } from "./start-bundle.ts";
import type { TwilioStandIn } from "./start-twilio-stand-in.ts";
import { median } from "./statistics.ts";

const ROUNDS = 3;
const MOST_MS = 1_000;
const PAUSE_MS = 5_000;
/** How long the computer is down after it was killed while it called somebody. */
const DOWN_MS = 7_000;

interface Sides {
  readonly options: BundleOptions;
  readonly client: BenchClient;
  readonly twilio: TwilioStandIn;
}

interface Setup extends Sides {
  readonly dataDir: string;
  readonly number: string;
}

/** Measures how soon the next call of an alarm comes after the app was killed and has started again. */
export async function measureAlarmRestarts(sides: Sides): Promise<Row[]> {
  const pause: number[] = [];
  const post: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    pause.push(await measured(sides, `+1212556${1_000 + round}`, killedInPause));
    post.push(await measured(sides, `+1212557${1_000 + round}`, killedWhilePosting));
  }
  return [
    row("app up after a kill in the pause of an alarm → next call", pause),
    row(`app up ${DOWN_MS / 1_000} s after a kill during the POST of a call → next call`, post),
  ];
}

async function measured(
  sides: Sides,
  number: string,
  prepare: (setup: Setup) => Promise<void>,
): Promise<number> {
  const dataDir = await mkdtemp(join(sides.options.workDir, "alarm-"));
  try {
    await prepare({ ...sides, dataDir, number });
    const { firstArrived } = sides.twilio.expect(1);
    const startedAt = monotonicMs();
    await using app = await startBundle({ ...sides.options, dataDir });
    const postedAt = await firstArrived;
    return postedAt - startedAt - app.startMs;
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

/** The only person declines, the app is killed, and the pause ends before it starts again. */
async function killedInPause({ options, client, twilio, dataDir, number }: Setup): Promise<void> {
  await using app = await startBundle({ ...options, dataDir });
  const call = twilio.expect(1);
  void start(client, number);
  const [{ StatusCallback = "" }, sid] = await Promise.all([call.form, call.sid]);
  await report(app, StatusCallback, number, sid);
  process.kill(app.pid, "SIGKILL");
  await delay(PAUSE_MS);
}

/** The app is killed after Twilio has the request and before it answers. */
async function killedWhilePosting({ options, client, twilio, dataDir, number }: Setup): Promise<void> {
  await using app = await startBundle({ ...options, dataDir });
  const call = twilio.expect(1);
  twilio.latencyMs = DOWN_MS;
  void start(client, number);
  await call.firstArrived;
  process.kill(app.pid, "SIGKILL");
  await delay(DOWN_MS);
  twilio.latencyMs = 0;
}

function start(client: BenchClient, number: string): Promise<void> {
  const payload = {
    alarm: `Restart ${number}`,
    message: "Water in the cellar.",
    people: [number],
    pause_seconds: PAUSE_MS / 1_000,
  };
  return client.fire("twilio_request", { request_id: `restart ${number}`, command: "alarm", payload });
}

async function report(app: RunningBundle, address: string, to: string, callSid: string): Promise<void> {
  const path = address.slice(PUBLIC_URL.length).split("#")[0] ?? "";
  const parameters = {
    ...callParameters({
      accountSid: ACCOUNT_SID,
      callSid,
      from: TWILIO_NUMBER,
      to,
      status: "busy",
      direction: "outbound-api",
    }),
    CallbackSource: "call-progress-events",
    SequenceNumber: "1",
  };
  await fetch(`http://127.0.0.1:${app.target.port}${path}`, {
    method: "POST",
    headers: { "X-Twilio-Signature": signWebhook(AUTH_TOKEN, PUBLIC_URL + path, parameters) },
    body: new URLSearchParams(parameters),
  });
}

function row(figure: string, milliseconds: readonly number[]): Row {
  const p50 = median(milliseconds);
  return { ...ALONE, figure, app: ms(p50), goal: `≤ ${ms(MOST_MS)}`, met: p50 <= MOST_MS };
}
