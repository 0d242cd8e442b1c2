import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { startTwilioSimulator } from "../start-twilio-simulator.ts";
import type { TwilioSimulator } from "../start-twilio-simulator.ts";
import { startScriptedApp } from "../webhooks/start-scripted-app.ts";
import type { ScriptedApp } from "../webhooks/start-scripted-app.ts";
import type { SimulatedCall } from "./simulated-call.ts";

const OURS = "+15005550006";
const THEIRS = "+12125550123";

let twilio: TwilioSimulator;
let app: ScriptedApp;

beforeAll(async () => {
  twilio = await startTwilioSimulator({ numbers: [OURS], retryAfterMs: 1 });
});
afterAll(() => twilio[Symbol.asyncDispose]());
beforeEach(async () => {
  app = await startScriptedApp(twilio.authToken);
  twilio.setWebhooks({ voice: { url: `${app.url}/voice` }, status: { url: `${app.url}/status` } });
  app.on("/status", 204);
  app.on("/recording", 204);
  app.on("/done", response("<Hangup/>"));
  return () => app[Symbol.asyncDispose]();
});

const response = (inside: string): string => `<Response>${inside}</Response>`;

async function ring(inside: string): Promise<SimulatedCall> {
  app.on("/voice", response(inside));
  return await twilio.ring({ from: THEIRS, to: OURS });
}

/** The further parameters of the action, after the end of the call. */
async function done(call: SimulatedCall): Promise<Record<string, string>> {
  await call.over();
  expect(app.requestsTo("/done")).toHaveLength(1);
  const usual = app.requestsTo("/voice")[0]?.parameters ?? {};
  const received = Object.entries(app.requestsTo("/done")[0]?.parameters ?? {});
  return Object.fromEntries(received.filter(([name]) => !(name in usual)));
}

describe("a Gather of the simulated Twilio", () => {
  test.each([
    ["the finishing key", '<Gather action="/done"/>', "4711#99", "4711", "#"],
    ["another finishing key", '<Gather action="/done" finishOnKey="*"/>', "47#11*", "47#11", "*"],
    ["the wanted number of keys", '<Gather action="/done" numDigits="4"/>', "47119", "4711", ""],
    ["no key at all", '<Gather action="/done" finishOnKey="" numDigits="3"/>', "#*1", "#*1", ""],
  ])("is ended by %s", async (_, gather, keys, digits, key) => {
    const call = await ring(gather);
    await call.press(keys);
    expect(await done(call)).toEqual({ Digits: digits, FinishedOnKey: key, msg: "Gather End" });
  });

  test("accepts keys one after another, and ends after silence", async () => {
    const call = await ring('<Gather action="/done"/>');
    await call.press("4");
    await call.press("2");
    expect(call.waitingFor).toBe("gather");
    await call.stayQuiet();
    expect(await done(call)).toMatchObject({ Digits: "42", FinishedOnKey: "" });
  });

  test("does not end if the first pressed key is its finishing key", async () => {
    const call = await ring('<Gather action="/done"/>');
    await call.press("#");
    expect(call.waitingFor).toBe("gather");
    await call.press("1#");
    expect(await done(call)).toMatchObject({ Digits: "1" });
  });

  test("without input continues with the next verb, and sends nothing to its action", async () => {
    const call = await ring('<Gather action="/done"><Say>PIN?</Say></Gather><Say>Bye</Say>');
    await call.stayQuiet();
    await call.over();
    expect(call.said).toEqual(["PIN?", "Bye"]);
    expect(app.requestsTo("/done")).toEqual([]);
  });

  test.each([
    ["dtmf", { Digits: "", FinishedOnKey: "", msg: "Gather End" }],
    ["speech", { msg: "Gather End" }],
  ])(
    "with the input %s sends an empty result to its action if that is requested",
    async (input, expected) => {
      const call = await ring(`<Gather action="/done" input="${input}" actionOnEmptyResult="true"/>`);
      await call.stayQuiet();
      expect(await done(call)).toEqual(expected);
    },
  );

  test("accepts words if it expects speech", async () => {
    const call = await ring('<Gather action="/done" input="dtmf speech"/>');
    await call.speak("open the gate", 0.75);
    expect(await done(call)).toEqual({ SpeechResult: "open the gate", Confidence: "0.75" });
  });

  test("sends its result to the URL of its own document if it has no action", async () => {
    const call = await ring("<Gather/>");
    await call.until(({ waitingFor }) => waitingFor === "gather");
    app.on("/voice", response("<Say>again</Say>"));
    await call.press("1#");
    await call.over();
    expect(app.requestsTo("/voice").map(({ parameters }) => parameters["Digits"])).toEqual([undefined, "1"]);
    expect(call.said).toEqual(["again"]);
  });

  test("that the caller ends by hanging up causes only the status callback", async () => {
    const call = await ring('<Gather action="/done" actionOnEmptyResult="true"/><Redirect>/done</Redirect>');
    await call.until(({ waitingFor }) => waitingFor === "gather");
    await call.hangUp();
    expect(app.requests.map(({ path }) => path)).toEqual(["/voice", "/status"]);
    expect(call).toMatchObject({ state: "completed", requests: [{ url: `${app.url}/voice` }] });
  });
});

describe("a Record of the simulated Twilio", () => {
  const RECORD = (more = ""): string =>
    `<Record action="/done" recordingStatusCallback="${app.url}/recording" ${more}/><Say>nothing heard</Say>`;

  test.each<[string, string, (call: SimulatedCall) => Promise<void>, string, string]>([
    ["silence", "", (call) => call.record(7), "7", ""],
    ["any key", "", (call) => call.record(7, "5"), "7", "5"],
    ["its maximum length", 'maxLength="10"', (call) => call.record(60, "#"), "10", ""],
    ["its finishing key", 'finishOnKey="#"', (call) => call.press("1#"), "1", "#"],
  ])("that %s ends sends the data of the recording to its action", async (_, more, act, seconds, digits) => {
    const call = await ring(RECORD(more));
    await act(call);
    const received = await done(call);
    expect(received).toEqual({
      RecordingSid: expect.stringMatching(/^RE[0-9a-f]{32}$/),
      RecordingUrl: expect.stringContaining(`/Recordings/${received["RecordingSid"]}`),
      RecordingDuration: seconds,
      Digits: digits,
    });
    expect(call.sounds).toEqual([{ beep: true }]);
  });

  test("sends its own callback when the recording is ready", async () => {
    const call = await ring(RECORD());
    await call.record(3);
    const { RecordingSid, RecordingUrl } = await done(call);
    await call.until(({ callbacks }) => callbacks.some(({ url }) => url.endsWith("/recording")));
    expect(app.requestsTo("/recording")).toMatchObject([
      {
        isSigned: true,
        parameters: {
          AccountSid: twilio.accountSid,
          CallSid: call.sid,
          RecordingSid,
          RecordingUrl,
          RecordingStatus: "completed",
          RecordingDuration: "3",
          RecordingChannels: "1",
          RecordingSource: "RecordVerb",
        },
      },
    ]);
  });

  test("without a recording continues with the next verb", async () => {
    const call = await ring(RECORD('playBeep="false"'));
    await call.stayQuiet();
    await call.over();
    expect(call.sounds).toMatchObject([{ say: "nothing heard" }]);
    expect(app.requests.map(({ path }) => path)).toEqual(["/voice", "/status"]);
  });

  test("that the caller ends by hanging up sends the recording to its action, and ignores the answer", async () => {
    app.on("/done", response("<Say>thanks</Say>"));
    const call = await ring(RECORD());
    await call.until(({ waitingFor }) => waitingFor === "record");
    await call.hangUp({ after: 4 });
    await call.until(({ callbacks }) => callbacks.length === 2);
    expect(await done(call)).toMatchObject({ Digits: "hangup", RecordingDuration: "4" });
    expect(app.requestsTo("/done")[0]?.parameters["CallStatus"]).toBe("completed");
    expect(call.said).toEqual([]);
  });
});

describe("a Dial of the simulated Twilio", () => {
  const DIAL = '<Dial action="/done" answerOnBridge="true" timeout="20"><Number>+12125550199</Number></Dial>';

  test("sends the duration of the second call to its action", async () => {
    const call = await ring(DIAL);
    await call.until(({ waitingFor }) => waitingFor === "dial");
    expect(call.forwarded()).toMatchObject({ number: "+12125550199", attributes: { timeout: "20" } });
    expect(call.state).toBe("ringing");
    await call.pickUpForward();
    expect(call.state).toBe("in-progress");
    await call.endForward("completed", 42);
    expect(await done(call)).toEqual({
      DialCallStatus: "completed",
      DialCallSid: call.forwarded()?.sid,
      DialCallDuration: "42",
      DialBridged: "true",
    });
  });

  test.each(["busy", "no-answer", "failed"] as const)(
    "whose call ends as %s sends this status to its action",
    async (status) => {
      const call = await ring(DIAL);
      await call.endForward(status);
      expect(await done(call)).toMatchObject({ DialCallStatus: status, DialBridged: "false" });
    },
  );

  test("without an action continues with the next verb", async () => {
    const call = await ring("<Dial>+12125550199</Dial><Say>Bye</Say>");
    await call.stayQuiet();
    await call.over();
    expect(call.sounds).toMatchObject([{ dial: "+12125550199" }, { say: "Bye" }]);
  });

  test("that the caller ends by hanging up sends the result to its action", async () => {
    const call = await ring(DIAL);
    await call.pickUpForward();
    await call.hangUp({ after: 9 });
    await call.until(() => app.requestsTo("/status").length === 1);
    expect(await done(call)).toMatchObject({ DialCallStatus: "completed", DialCallDuration: "9" });
    expect(app.requestsTo("/done")[0]?.parameters["CallStatus"]).toBe("completed");
  });
});
