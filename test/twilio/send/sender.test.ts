import { beforeEach, expect, test } from "vitest";

import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import type { PublishedMedia } from "../../../src/media/publish-media.ts";
import type {
  PreparedDelivery,
  ReadyDelivery,
  MessageOrCall,
} from "../../../src/outbound/delivery/message-or-call.ts";
import { createDefaultSender } from "../../../src/twilio/account/default-sender.ts";
import { createAccountLists } from "../../../src/twilio/account/lists.ts";
import { createTwilioApi } from "../../../src/twilio/rest/client.ts";
import { createSender } from "../../../src/twilio/send/sender.ts";
import { createTestClock } from "../../app/create-test-clock.ts";
import type { StoppedClock, TestClock } from "../../app/create-test-clock.ts";
import { startHttp } from "../../sockets/start-server.ts";
import type { Fault } from "../../twilio-simulator/api/rest-app.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { createTestHttpClient } from "../rest/create-test-http-client.ts";

const OURS = "+15005550006";
const MESSAGE: MessageOrCall = {
  command: "send_message",
  to: "+12125550123",
  from: OURS,
  body: "The gate is open",
  mediaUrls: ["https://a.example/1", "https://a.example/2"],
};
const CALL: MessageOrCall = {
  command: "make_call",
  to: "+12125550123",
  from: OURS,
  instructions: { say: "The gate is open", language: "en-US" },
};

/** An answer that Twilio never sends. */
const NEVER = { kind: "held", until: new Promise<never>(() => {}) } as const;

interface Account {
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
}

let clock: TestClock;
let time: StoppedClock;

function senderTo({ url, accountSid, authToken }: Account, publicAddress: string | null = null) {
  const api = createTwilioApi(
    { accountSid, username: accountSid, password: authToken, apiBaseUrl: url, region: null, edge: null },
    createTestHttpClient({ clock }),
  );
  const sender = createSender({
    talkAddress: () => "",
    api,
    publicAddress: () => publicAddress,
    defaultSender: createDefaultSender(createAccountLists(api, { aheadMs: () => 0 }).numbers, SYSTEM_CLOCK),
    publishMedia: asTheyAre,
  });
  return (request: MessageOrCall) => sender.prepare(request, "");
}

function asTheyAre(urls: readonly string[]): Promise<PublishedMedia> {
  return Promise.resolve({ ok: true, urls });
}

function startTwilio(faultOf: () => Fault | undefined = () => undefined): Promise<TwilioSimulator> {
  return startTwilioSimulator({
    numbers: [OURS],
    chooseFault() {
      const fault = faultOf();
      // The app's deadline passes only after the request has arrived, also on a slow machine.
      if (fault === NEVER) time.advance(30_000);
      return fault;
    },
  });
}

beforeEach(() => {
  clock = createTestClock();
  time = clock.stop();
});

function ready(prepared: PreparedDelivery): ReadyDelivery {
  if (prepared.kind !== "ready") throw new Error(`not ready: ${prepared.error.message}`);
  return prepared;
}

test("preparing a message looks up its sender and sends nothing, and posting puts the secret reference into the callback's URL", async () => {
  await using twilio = await startTwilio();
  const prepare = senderTo(twilio, "https://home.example");
  const message = ready(await prepare({ ...MESSAGE, from: null }));
  const call = ready(await prepare({ ...CALL, from: null }));
  expect(twilio.reads()).toHaveLength(1);
  expect(twilio.requests()).toEqual([]);

  expect(await message.post("ref_1")).toEqual({
    kind: "accepted",
    sid: twilio.messages()[0]?.sid,
    status: "queued",
    segments: 1,
  });
  expect(await call.post("ref_2")).toMatchObject({
    kind: "accepted",
    sid: twilio.calls()[0]?.sid,
    segments: null,
  });
  expect(twilio.requests().map(({ form }) => form)).toEqual([
    {
      To: MESSAGE.to,
      From: OURS,
      Body: MESSAGE.body,
      MediaUrl: MESSAGE.mediaUrls,
      StatusCallback: "https://home.example/status/message?ref=ref_1",
    },
    {
      To: CALL.to,
      From: OURS,
      Twiml: expect.stringContaining("The gate is open"),
      StatusCallback: "https://home.example/status/call?ref=ref_2",
      StatusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
    },
  ]);
  expect(twilio.violations()).toEqual([]);
});

test("a message that is sent without a public address has no status callback", async () => {
  await using twilio = await startTwilio();
  const prepare = senderTo(twilio);
  await ready(await prepare(MESSAGE)).post("ref");
  await ready(await prepare(CALL)).post("ref");
  for (const { form } of twilio.requests()) expect(Object.keys(form).join()).not.toContain("StatusCallback");
});

test("posting sends the request to Twilio in the same turn of the event loop", async () => {
  const asked: string[] = [];
  const api = createTwilioApi(
    { accountSid: "AC1", username: "AC1", password: "x", apiBaseUrl: null, region: null, edge: null },
    {
      request({ uri }) {
        asked.push(uri);
        return Promise.resolve({ statusCode: 201, body: { sid: "SM1" }, headers: {} });
      },
    },
  );
  const defaultSender = (): Promise<never> => Promise.reject(new Error("not asked for"));
  const sender = createSender({
    api,
    publicAddress: () => null,
    defaultSender,
    publishMedia: asTheyAre,
    talkAddress: () => "",
  });
  const message = ready(await sender.prepare(MESSAGE, ""));
  const posted = message.post("ref");
  expect(asked).toEqual(["https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json"]);
  await posted;
});

test("a call with a text that is too long to speak is refused with the text's length, without a request to Twilio", async () => {
  await using twilio = await startTwilio();
  const instructions = { say: "x".repeat(5_000), language: "en-US" };
  expect(await senderTo(twilio)({ ...CALL, from: null, instructions })).toMatchObject({
    kind: "refused",
    error: { code: "invalid", message: expect.stringMatching(/5\d{3} characters/) },
  });
  expect(twilio.requests()).toEqual([]);
  expect(twilio.reads()).toEqual([]);
});

test.each([
  [{ kind: "status", status: 503 }, "Twilio had an internal error (HTTP 503)"],
  [{ kind: "reset-before-acting" }, "The connection to Twilio was lost (ECONNRESET)"],
  [NEVER, "The connection to Twilio was lost (no answer within 30 s)"],
  [{ kind: "status", status: 200 }, "Twilio's answer could not be read"],
] as const)(
  "if the look-up of the sender fails with %o, the delivery may be retried",
  async (fault, message) => {
    await using twilio = await startTwilio(() => fault);
    expect(await senderTo(twilio)({ ...MESSAGE, from: null })).toEqual({
      kind: "not_sent",
      error: { code: "twilio_away", message, more_info: null },
      retryAfterMs: null,
    });
  },
);

test("if Twilio refuses the look-up of the sender, the delivery is refused", async () => {
  await using twilio = await startTwilio();
  const prepare = senderTo({ ...twilio, authToken: "0".repeat(32) });
  expect(await prepare({ ...MESSAGE, from: null })).toMatchObject({
    kind: "refused",
    error: { code: "20003" },
  });
});

test("while Twilio refuses connections, a delivery counts as not sent, and not as maybe delivered", async () => {
  await using twilio = await startTwilio();
  const prepare = senderTo(twilio);
  await twilio.refuseConnections();
  const away = {
    kind: "not_sent",
    error: { code: "twilio_away", message: expect.stringMatching("ECONNREFUSED") },
  };
  expect(await prepare({ ...MESSAGE, from: null })).toMatchObject(away);
  expect(await ready(await prepare(MESSAGE)).post("ref")).toMatchObject(away);
});

test.each([
  [{ kind: "reset-before-acting" }, /connection to Twilio was lost \(ECONNRESET\)/],
  [{ kind: "reset-after-acting" }, /connection to Twilio was lost \(ECONNRESET\)/],
  [NEVER, /no answer within 30 s/],
  [{ kind: "status-after-acting", status: 502 }, /HTTP 502/],
  [{ kind: "status", status: 201 }, /could not be read/],
  [{ kind: "status", status: 201, body: "{}" }, /has no SID/],
  [{ kind: "status", status: 201, body: "null" }, /could not be read/],
] as const)("after %o, the app does not know whether the message or call was sent", async (fault, why) => {
  await using twilio = await startTwilio(() => fault);
  const message = ready(await senderTo(twilio)(MESSAGE));
  expect(await message.post("ref")).toMatchObject({
    kind: "unknown",
    error: { code: "unknown_outcome", message: expect.stringMatching(why) },
  });
  expect(twilio.requests()).toHaveLength(1);
});

test("a refusal by Twilio is final, and the app does not follow a redirect of a POST", async () => {
  await using twilio = await startTwilio();
  const prepare = senderTo(twilio);
  const full = ready(await prepare({ ...MESSAGE, from: "+15005550008" }));
  expect(await full.post("ref")).toMatchObject({ kind: "refused", error: { code: "21611" } });
  twilio.failNext({ kind: "status", status: 302 });
  expect(await ready(await prepare(MESSAGE)).post("ref")).toMatchObject({
    kind: "refused",
    error: { code: "302" },
  });
  expect(twilio.messages()).toEqual([]);
});

test("after HTTP 429 a delivery counts as not sent, and waits as long as Twilio requests", async () => {
  let asked = 0;
  await using server = await startHttp(({ url = "" }, response) => {
    // Another program may still connect to this port.
    if (url.includes("/Accounts/AC1/")) asked += 1;
    response.writeHead(429, { "Retry-After": "7" }).end('{"code":20429,"message":"Too many requests"}');
  });
  const prepare = senderTo({ url: `http://127.0.0.1:${server.port}`, accountSid: "AC1", authToken: "x" });
  const busy = { kind: "not_sent", error: { code: "20429" }, retryAfterMs: 7_000 };
  expect(await ready(await prepare(MESSAGE)).post("ref")).toMatchObject(busy);
  expect(await prepare({ ...MESSAGE, from: null })).toMatchObject(busy);
  expect(asked).toBe(2);
});
