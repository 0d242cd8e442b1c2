import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import type { WebhookAnswer } from "../twilio-simulator/webhooks/send-webhook.ts";
import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";
import type { SignedParameters } from "../twilio-simulator/webhooks/sign-webhook.ts";
import { callParameters, messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";

type Parameters = Readonly<Record<string, string>>;

const WEBHOOK_URL = `${PUBLIC_URL}/webhook`;
const CALL = `CA${"1".repeat(32)}`;
const FALLBACK = { ErrorCode: "11200", ErrorUrl: WEBHOOK_URL };

let house: TestHouse;
beforeEach(async () => {
  house = await startHouse({
    incoming_calls: { wait_seconds: 0, otherwise: "say", say: "Nobody is at home." },
  });
});
afterEach(() => house[Symbol.asyncDispose]());

const message = (body: string): Parameters =>
  messageParameters({ accountSid: house.twilio.accountSid, from: THEIRS, to: OURS, body });

function call(status: string, more: Parameters = {}): Parameters {
  const { accountSid } = house.twilio;
  const state = { accountSid, callSid: CALL, from: THEIRS, to: OURS, status, direction: "inbound" };
  return { ...callParameters(state), ...more };
}

/** A kind of webhook and its parameters. */
const KINDS: readonly (readonly [string, () => Parameters])[] = [
  ["message", () => message("hi")],
  ["incoming call", () => call("ringing")],
  ["answer to a <Gather>", () => call("in-progress", { Digits: "1" })],
  ["end of a call", () => call("completed", { CallDuration: "7" })],
];

const send = (parameters: Parameters, token = "token-1"): Promise<WebhookAnswer> =>
  sendWebhook(house.twilio.authToken, { url: WEBHOOK_URL, deliverTo: house.app.webhook }, parameters, {
    "I-Twilio-Idempotency-Token": token,
  });

/** Sends other parameters with a signature that Twilio made for the original ones. */
async function steal(signature: string, request: RequestInit, query = ""): Promise<void> {
  const headers = {
    Connection: "close",
    "X-Twilio-Signature": signature,
    "I-Twilio-Idempotency-Token": crypto.randomUUID(),
    "Content-Type": "application/x-www-form-urlencoded",
  };
  await (await fetch(house.app.webhook + query, { ...request, headers })).text();
}

function formOf(parameters: SignedParameters): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of [value].flat()) form.append(name, one);
  return form;
}

/** The events so far. A message after them shows that they are complete. */
async function events(): Promise<readonly Parameters[]> {
  await send(message("marker"));
  await vi.waitFor(() => expect(house.fired("twilio_data_received").at(-1)?.["Body"]).toBe("marker"));
  return house.fired("twilio_data_received").slice(0, -1) as unknown as Parameters[];
}

describe("a webhook that comes twice", () => {
  test.each(KINDS)(
    "at the same moment on two connections (%s) gets one answer and fires one event",
    async (_kind, make) => {
      const parameters = make();
      const [one, other] = await Promise.all([send(parameters), send(parameters)]);
      expect(one.status).toBe(200);
      expect(other).toEqual(one);
      expect(await events()).toHaveLength(1);
    },
  );

  test.each(KINDS)(
    "the second time at the fallback URL (%s) gets the same answer and fires one event",
    async (_kind, make) => {
      const parameters = make();
      const first = await send(parameters);
      expect(first.status).toBe(200);
      expect(await send({ ...parameters, ...FALLBACK }, "token-2")).toEqual(first);
      expect(await events()).toHaveLength(1);
    },
  );

  test.each(KINDS)(
    "at the fallback URL alone (%s) fires one event, also when it is repeated",
    async (_kind, make) => {
      const parameters = { ...make(), ...FALLBACK };
      await send(parameters);
      await send(parameters);
      expect(await events()).toMatchObject([FALLBACK]);
    },
  );
});

describe("two equal inputs for <Gather> in one call", () => {
  const press = (token: string): Promise<WebhookAnswer> => send(call("in-progress", { Digits: "1" }), token);
  // The clock stands, so that no time passes between two webhooks on a slow machine.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());

  test("fire two events if their webhooks have different idempotency tokens", async () => {
    expect(await press("token-2")).toEqual(await press("token-1"));
    expect(await events()).toMatchObject([{ Digits: "1" }, { Digits: "1" }]);
  });

  test("fire one event if their webhooks have the same idempotency token", async () => {
    await press("token-1");
    await press("token-2");
    await press("token-2");
    await press("token-1");
    expect(await events()).toHaveLength(2);
  });

  test("fire no new twilio_data_received after the call's end, whatever the token is", async () => {
    await press("token-1");
    await send(call("completed"));
    expect((await press("token-3")).status).toBe(200);
    expect((await events()).map((data) => data["CallStatus"])).toEqual(["in-progress", "completed"]);
  });
});

const inCall = (): Parameters => call("in-progress", { Digits: "1" });
const sms = (): Parameters => message("hi");

/** Twilio signs names and values without separators, so all these requests have the signature of the original. */
const DISGUISES: readonly (readonly [
  string,
  () => Parameters,
  (original: Parameters) => SignedParameters,
])[] = [
  ["CallSid=CA… as CallSidC=A…", inCall, splitElsewhere("CallSid")],
  ["CallSid=CA… of a ringing call as CallSidC=A…", () => call("ringing"), splitElsewhere("CallSid")],
  ["CallStatus=in-progress as CallStatusi=n-progress", inCall, splitElsewhere("CallStatus")],
  ["Digits=1 twice", inCall, (original) => ({ ...original, Digits: ["1", "1"] })],
  ["MessageSid=SM… as MessageSidS=M…", sms, splitElsewhere("MessageSid")],
  [
    "each SID of a message split like MessageSidS=M…",
    sms,
    splitElsewhere("MessageSid", "SmsSid", "SmsMessageSid"),
  ],
  ["Body=hi as Bodyh=i", sms, splitElsewhere("Body")],
  ["Body=hi twice", sms, (original) => ({ ...original, Body: ["hi", "hi"] })],
];

/** Moves the first letter of the value to the end of the name. */
function splitElsewhere(...names: string[]): (original: Parameters) => SignedParameters {
  return (original) =>
    Object.fromEntries(
      Object.entries(original).map(([name, value]) =>
        names.includes(name) ? [name + value.slice(0, 1), value.slice(1)] : [name, value],
      ),
    );
}

describe("a replayed webhook that has Twilio's signature, but other parameters, fires nothing after the original:", () => {
  test.each(DISGUISES)("%s", async (_name, make, disguise) => {
    const original = make();
    await send(original);
    const { authToken } = house.twilio;
    const disguised = disguise(original);
    const signature = signWebhook(authToken, WEBHOOK_URL, original);
    expect(signWebhook(authToken, WEBHOOK_URL, disguised)).toBe(signature);
    await steal(signature, { method: "POST", body: formOf(disguised) });
    await house.app.restart();
    await steal(signature, { method: "POST", body: formOf(disguised) });
    expect(await events()).toHaveLength(1);
    expect(house.fired("twilio_data_missed")).toEqual([]);
  });

  test("with its names and values moved into the URL of a GET", async () => {
    const { authToken } = house.twilio;
    const { AccountSid = "", Body = "", From = "", MessageSid = "", To = "" } = sms();
    const original = { AccountSid, Body, From, MessageSid, To };
    const target = { url: `${WEBHOOK_URL}?house=1`, deliverTo: `${house.app.webhook}?house=1` };
    expect((await sendWebhook(authToken, target, original)).status).toBe(200);
    const moved = Object.entries(original).flat().join("");
    const signature = signWebhook(authToken, target.url, original);
    expect(signWebhook(authToken, target.url + moved, {})).toBe(signature);
    await steal(signature, { method: "GET" }, `?house=1${moved}`);
    expect(await events()).toHaveLength(1);
    expect(house.fired("twilio_data_missed")).toEqual([]);
  });
});
