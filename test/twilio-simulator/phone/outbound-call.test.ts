import Twilio from "twilio";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { startTwilioSimulator } from "../start-twilio-simulator.ts";
import type { TwilioSimulator } from "../start-twilio-simulator.ts";
import { startScriptedApp } from "../webhooks/start-scripted-app.ts";
import type { ScriptedApp } from "../webhooks/start-scripted-app.ts";

const OURS = "+15005550006";
const THEIRS = "+12125550123";
const GATHER = "<Response><Gather/></Response>";

let twilio: TwilioSimulator;
let client: ReturnType<typeof Twilio>;
let app: ScriptedApp;

beforeAll(async () => {
  twilio = await startTwilioSimulator({ numbers: [OURS], retryAfterMs: 1 });
  client = Twilio(twilio.accountSid, twilio.authToken);
  client.api.baseUrl = twilio.url;
});
afterAll(async () => {
  expect(twilio.violations()).toEqual([]);
  await twilio[Symbol.asyncDispose]();
});
beforeEach(async () => {
  app = await startScriptedApp(twilio.authToken);
  app.on("/status", 204);
  app.on("/talk", GATHER);
  return () => app[Symbol.asyncDispose]();
});

type CallOptions = Omit<Parameters<typeof client.calls.create>[0], "to" | "from">;

async function make(options: CallOptions = { url: `${app.url}/talk` }): Promise<string> {
  const { sid } = await client.calls.create({ to: THEIRS, from: OURS, ...options });
  return sid;
}

/** A call that was answered and waits for keys. */
async function answered(options?: CallOptions) {
  const call = twilio.answer(await make(options));
  await call.until(({ waitingFor }) => waitingFor === "gather");
  return call;
}

describe("an outgoing call of the simulated Twilio", () => {
  test("does nothing until it is answered, and then requests its URL", async () => {
    const sid = await make();
    expect(twilio.call(sid)).toMatchObject({ state: "queued", requests: [] });
    const call = twilio.answer(sid);
    await call.until(({ waitingFor }) => waitingFor === "gather");
    expect(app.requestsTo("/talk")).toMatchObject([
      {
        isSigned: true,
        parameters: { CallSid: sid, CallStatus: "in-progress", Direction: "outbound-api", To: THEIRS },
      },
    ]);
    expect(app.requestsTo("/talk")[0]?.parameters).not.toHaveProperty("AnsweredBy");
    await call.hangUp();
  });

  test("runs the TwiML that came with the request for the call", async () => {
    const call = twilio.answer(await make({ twiml: "<Response><Say>hi</Say></Response>" }));
    await call.over();
    expect(call).toMatchObject({ said: ["hi"], state: "completed", requests: [], notes: [] });
  });

  test("is found by a test that waits for a call to its number", async () => {
    const waited = twilio.outgoingCall("+12125550177");
    const { sid } = await client.calls.create({ to: "+12125550177", from: OURS, url: `${app.url}/talk` });
    expect((await waited).sid).toBe(sid);
    await expect(twilio.outgoingCall("+12125550178", 5)).rejects.toThrow("nobody was called");
  });

  test("reports who answered if the app asked for that", async () => {
    const call = twilio.answer(await make({ url: `${app.url}/talk`, machineDetection: "Enable" }), {
      by: "machine_start",
    });
    await call.until(({ waitingFor }) => waitingFor === "gather");
    expect(app.requestsTo("/talk")[0]?.parameters["AnsweredBy"]).toBe("machine_start");
    expect((await client.calls(call.sid).fetch()).answeredBy).toBe("machine_start");
    await call.hangUp();
  });

  test("reports who answered in a separate callback if the app asked for that", async () => {
    const call = await answered({
      url: `${app.url}/talk`,
      machineDetection: "Enable",
      asyncAmd: "true",
      asyncAmdStatusCallback: `${app.url}/status`,
    });
    await call.until(({ callbacks }) => callbacks.length === 1);
    expect(app.requestsTo("/status")[0]?.parameters).toMatchObject({
      CallSid: call.sid,
      AnsweredBy: "human",
    });
    expect(app.requestsTo("/talk")[0]?.parameters).not.toHaveProperty("AnsweredBy");
    await call.hangUp();
  });

  test("reports those status events that the app asked for, with their sequence numbers", async () => {
    const call = await answered({
      url: `${app.url}/talk`,
      statusCallback: `${app.url}/status`,
      statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
    });
    await call.hangUp();
    const callbacks = app.requestsTo("/status").map(({ parameters }) => parameters);
    expect(callbacks.map(({ CallStatus, SequenceNumber }) => [CallStatus, SequenceNumber])).toEqual([
      ["initiated", "0"],
      ["ringing", "1"],
      ["in-progress", "2"],
      ["completed", "3"],
    ]);
    expect(callbacks[3]).toMatchObject({ CallbackSource: "call-progress-events", CallDuration: "1" });
  });

  test("reports only its end if the app asked for no status events", async () => {
    const call = await answered({ url: `${app.url}/talk`, statusCallback: `${app.url}/status` });
    await call.hangUp();
    expect(app.requestsTo("/status").map(({ parameters }) => parameters["CallStatus"])).toEqual([
      "completed",
    ]);
  });

  test("cannot be answered twice", async () => {
    const call = await answered();
    await call.hangUp();
    expect(() => twilio.answer(call.sid)).toThrow("cannot be answered");
  });
});

describe("a request about an existing call at the simulated Twilio", () => {
  test("returns the call's status", async () => {
    const call = await answered();
    expect(await client.calls(call.sid).fetch()).toMatchObject({ status: "in-progress", endTime: null });
    await call.hangUp();
    expect(await client.calls(call.sid).fetch()).toMatchObject({ status: "completed", duration: "1" });
  });

  test("can end the call, which sends a status callback", async () => {
    const call = await answered({ url: `${app.url}/talk`, statusCallback: `${app.url}/status` });
    await client.calls(call.sid).update({ status: "completed" });
    await call.over();
    expect(call.state).toBe("completed");
    expect(app.requestsTo("/status")).toHaveLength(1);
  });

  test("can replace the call's TwiML, by a document or a URL", async () => {
    const call = await answered();
    await client.calls(call.sid).update({ twiml: "<Response><Say>one</Say><Gather/></Response>" });
    await call.until(({ said, waitingFor }) => said.includes("one") && waitingFor === "gather");
    app.on("/other", "<Response><Say>two</Say></Response>");
    await client.calls(call.sid).update({ url: `${app.url}/other` });
    await call.over();
    expect(call.said).toEqual(["one", "two"]);
  });

  test("makes the simulated Twilio abandon the open webhook of the call, and ignore its later answer", async () => {
    const held = Promise.withResolvers<string>();
    app.on("/talk", () => held.promise);
    const call = twilio.answer(await make());
    await client.calls(call.sid).update({ twiml: "<Response><Gather/></Response>" });
    await call.until(({ waitingFor }) => waitingFor === "gather");
    held.resolve("<Response><Say>too update</Say></Response>");
    await vi.waitFor(() => expect(call.requests[0]?.tries).toEqual([200]), { interval: 2 });
    expect(call).toMatchObject({ said: [], waitingFor: "gather" });
    await call.hangUp();
  });

  test("can cancel a call that is not answered yet, but not a call in progress", async () => {
    const waiting = await make();
    await client.calls(waiting).update({ status: "canceled" });
    expect(twilio.call(waiting).state).toBe("canceled");
    const call = await answered();
    await client.calls(call.sid).update({ status: "canceled" });
    expect(call.state).toBe("in-progress");
    await call.hangUp();
  });

  test("cannot replace the TwiML of a call that has ended or is not answered yet", async () => {
    const call = await answered();
    await call.hangUp();
    const update = client.calls(call.sid).update({ twiml: GATHER });
    await expect(update).rejects.toMatchObject({ status: 400, code: 21220 });
    const early = client.calls(await make()).update({ twiml: GATHER });
    await expect(early).rejects.toMatchObject({ status: 400, code: 21220 });
  });
});

test("a recording of the simulated Twilio can be fetched", async () => {
  const call = twilio.answer(
    await make({ twiml: `<Response><Record action="${app.url}/talk"/></Response>` }),
  );
  await call.record(12);
  await call.until(({ waitingFor }) => waitingFor === "gather");
  const sid = app.requestsTo("/talk")[0]?.parameters["RecordingSid"] ?? "";
  expect(await client.recordings(sid).fetch()).toMatchObject({ callSid: call.sid, duration: "12" });
  for (const ending of ["", ".mp3", ".wav"]) {
    const sound = await fetch(
      `${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}/Recordings/${sid}${ending}`,
    );
    expect([sound.status, sound.headers.get("content-type")]).toEqual([200, "audio/wav"]);
    expect((await sound.text()).slice(0, 4)).toBe("RIFF");
  }
  await call.hangUp();
});
