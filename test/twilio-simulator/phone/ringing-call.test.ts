import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { startTwilioSimulator } from "../start-twilio-simulator.ts";
import type { TwilioSimulator } from "../start-twilio-simulator.ts";
import { startScriptedApp } from "../webhooks/start-scripted-app.ts";
import type { Scripted, ScriptedApp } from "../webhooks/start-scripted-app.ts";

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
  return () => app[Symbol.asyncDispose]();
});

const response = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`;

/** A call with this first document. */
async function ring(first: Scripted, more: { readonly parameters?: Record<string, string> } = {}) {
  app.on("/voice", first);
  return await twilio.ring({ from: THEIRS, to: OURS, ...more });
}

describe("an incoming call of the simulated Twilio", () => {
  test("sends the number's webhook, signed, with Twilio's parameters", async () => {
    const call = await ring(response("<Hangup/>"), { parameters: { StirVerstat: "TN-Validation-Passed-A" } });
    expect(call).toMatchObject({ state: "ringing", waitingFor: "response" });
    await call.over();
    expect(app.requestsTo("/voice")).toEqual([
      {
        method: "POST",
        path: "/voice",
        isSigned: true,
        token: expect.stringMatching(/^[0-9a-f-]{36}$/),
        parameters: expect.objectContaining({
          CallSid: call.sid,
          CallStatus: "ringing",
          Direction: "inbound",
          From: THEIRS,
          To: OURS,
          StirVerstat: "TN-Validation-Passed-A",
        }),
      },
    ]);
  });

  test("runs the verbs of the TwiML in order and ends after the last one", async () => {
    const call = await ring(
      response(
        '<Say voice="alice" language="de-DE" loop="2">1 &lt; 2</Say><Pause length="3"/><Play>https://a.example/1.mp3</Play><Play digits="1w2"/>',
      ),
    );
    await call.over();
    expect(call.sounds).toEqual([
      { say: "1 < 2", language: "de-DE", voice: "alice" },
      { say: "1 < 2", language: "de-DE", voice: "alice" },
      { play: "https://a.example/1.mp3" },
      { tones: "1w2" },
    ]);
    expect(call).toMatchObject({ state: "completed", notes: [] });
  });

  test("sends its final status to the number's status callback", async () => {
    const call = await ring(response('<Say>hi</Say><Pause length="65"/>'));
    await call.over();
    expect(app.requestsTo("/status")).toMatchObject([
      {
        isSigned: true,
        parameters: {
          CallSid: call.sid,
          CallStatus: "completed",
          CallbackSource: "call-progress-events",
          SequenceNumber: "0",
          CallDuration: "65",
          Duration: "2",
        },
      },
    ]);
    expect(call.callbacks).toHaveLength(1);
  });

  test.each([
    ["busy", "busy"],
    ["rejected", "rejected"],
  ] as const)("that is rejected as %s is never answered", async (reason, sound) => {
    const call = await ring(response(`<Reject reason="${reason}"/>`));
    await call.over();
    expect(call).toMatchObject({ state: "busy", sounds: [{ rejected: sound }] });
    expect(twilio.calls().at(-1)).toMatchObject({ status: "busy", duration: "0", start_time: null });
  });

  test("is already answered if another verb comes before its Reject", async () => {
    const call = await ring(response('<Say>no</Say><Reject reason="busy"/>'));
    await call.over();
    expect(call).toMatchObject({ state: "completed", said: ["no"] });
  });

  test("is not answered by a first Pause or a Redirect, but by a Gather", async () => {
    app.on("/next", response("<Gather/>"));
    const call = await ring(response('<Pause length="2"/><Redirect method="POST">/next</Redirect>'));
    await call.until(({ waitingFor }) => waitingFor === "gather");
    expect(app.requestsTo("/next")[0]?.parameters["CallStatus"]).toBe("ringing");
    expect(call.state).toBe("in-progress");
    await call.hangUp();
  });

  test("ends unanswered if the caller hangs up, and ignores a later answer to its webhook", async () => {
    const held = Promise.withResolvers<Scripted>();
    app.on("/voice", () => held.promise);
    const call = await twilio.ring({ from: THEIRS, to: OURS });
    await call.hangUp();
    held.resolve(response("<Say>too late</Say>"));
    await vi.waitFor(() => expect(call.requests[0]?.tries).toEqual([200]), { interval: 2 });
    expect(call).toMatchObject({ state: "no-answer", sounds: [] });
    expect(app.requestsTo("/status")[0]?.parameters).toMatchObject({ CallStatus: "no-answer" });
    await expect(call.press("1")).rejects.toThrow("the call is no-answer");
  });

  test("can send its webhooks by GET, with all parameters in the signed query", async () => {
    app.on("/next", response("<Hangup/>"));
    const call = await ring(response('<Redirect method="GET">/next?a=1&amp;b=2#rc=0</Redirect>'));
    await call.over();
    expect(app.requestsTo("/next")).toMatchObject([
      { method: "GET", isSigned: true, parameters: { a: "1", b: "2", CallSid: call.sid } },
    ]);
  });

  test("has its status and its present TwiML verb in the error of a test that waits for it in vain", async () => {
    const call = await ring(response("<Gather/>"));
    await call.until(({ waitingFor }) => waitingFor === "gather");
    await expect(call.until(({ state }) => state === "completed", 10)).rejects.toThrow(
      "the call is in-progress and waits for gather",
    );
    await call.hangUp();
  });
});

describe("if the app answers a call of the simulated Twilio with wrong TwiML,", () => {
  test.each<[string, Scripted, number]>([
    ["broken XML", "<Response>", 12100],
    ["another root element", "<Other/>", 12102],
    ["JSON", { type: "application/json", body: "{}" }, 12300],
    ["an empty document", { type: "text/xml", body: "" }, 12100],
    ["HTTP 403", 403, 11200],
    ["HTTP 500", 500, 11200],
    ["an HTTP redirect", 307, 11200],
    ["a Redirect to an invalid URL", response("<Redirect>http://</Redirect>"), 11100],
    ["a connection override out of range", response("<Redirect>/next#rc=9</Redirect>"), 11243],
    ["a Redirect to its own URL", response("<Redirect>/voice</Redirect>"), 11215],
  ])("%s makes the caller hear an application error, and the call ends", async (_, first, code) => {
    const call = await ring(first);
    await call.over();
    expect(call.sounds).toEqual([{ applicationError: code }]);
    expect(call.notes).toMatchObject([{ code }]);
    expect(call.state).toBe("completed");
  });

  test("plain text is spoken, and a sound file plays", async () => {
    const spoken = await ring({ type: "text/plain; charset=utf-8", body: "Hello" });
    await spoken.over();
    expect(spoken.said).toEqual(["Hello"]);
    const played = await ring({ type: "audio/mpeg", body: "ID3" });
    await played.over();
    expect(played.sounds).toEqual([{ play: `${app.url}/voice` }]);
  });

  test("an unknown or too long verb is noted and skipped", async () => {
    const call = await ring(
      response(
        `<Dance/><Say>${"a".repeat(4_097)}</Say><Say>${"ж".repeat(751)}</Say><Say voce="x">hi</Say><Message>no</Message>`,
      ),
    );
    await call.over();
    expect(call.said).toEqual(["hi"]);
    expect(call.notes.map(({ code }) => code)).toEqual([12200, 12200, 13521, 13521, 12200]);
  });

  test("the fallback URL gets the error and the failed URL, and the call continues with the answer from there", async () => {
    twilio.setWebhooks({ voice: { url: `${app.url}/voice`, fallbackUrl: `${app.url}/fallback` } });
    app.on("/fallback", response("<Say>one moment</Say>"));
    const call = await ring(500);
    await call.over();
    expect(call.said).toEqual(["one moment"]);
    expect(app.requestsTo("/fallback")[0]?.parameters).toMatchObject({
      ErrorCode: "11200",
      ErrorUrl: `${app.url}/voice`,
    });
  });
});
