import { afterEach, describe, expect, test, vi } from "vitest";

import { startHouse, OURS, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";

const PATIENCE = { timeout: 15_000 };
const ALICE = { contacts: [{ name: "Alice", number: THEIRS }] };
/** The look-ups are late enough that the callbacks come first, and early enough for a test. */
const SOON = { lookForRecordingMs: [50, 100, 100] };
const NEVER = { lookForRecordingMs: [60_000] };

let undo = new AsyncDisposableStack();
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

async function start(options: object = {}, settings: Parameters<typeof startHouse>[2] = NEVER) {
  return undo.use(await startHouse({ ...ALICE, ...options }, {}, settings));
}

/** Requests a recorded call. Resolves with the call before somebody answers it. */
async function call(house: TestHouse, payload: object = {}) {
  house.request({
    request_id: "recorded",
    command: "make_call",
    payload: { to: "Alice", say: "Hello", record: true, ...payload },
  });
  return await house.twilio.outgoingCall(THEIRS);
}

const formOf = (house: TestHouse) =>
  house.twilio.requests().find(({ method }) => method === "POST")?.form ?? {};
const recordings = (house: TestHouse) => house.fired("twilio_recording");
const results = (house: TestHouse) => house.fired("twilio_result");

const recordingEvent = (sid: string) => ({
  call_sid: sid,
  recording_sid: expect.stringMatching(/^RE[0-9a-f]{32}$/),
  url: expect.stringContaining("/Recordings/RE"),
  duration: 1,
  from: OURS,
  to: THEIRS,
  contact: "Alice",
});

describe("a call with `record: true`", () => {
  test.each([
    ["whose sender is the account's only number", {}],
    ["whose sender is the default", { default_sender: OURS }],
  ])(
    "%s has an event twilio_recording with both numbers, and its result does not wait for the recording",
    async (_name, options) => {
      const house = await start(options);
      const { sid } = await call(house);
      await vi.waitFor(
        () => expect(results(house)).toMatchObject([{ ok: true, status: "queued" }]),
        PATIENCE,
      );
      expect(results(house)[0]).not.toHaveProperty("recording");
      await house.twilio.answer(sid).over();
      await vi.waitFor(() => expect(recordings(house)).toMatchObject([recordingEvent(sid)]), PATIENCE);
      expect(formOf(house)).toMatchObject({ Record: "true", RecordingStatusCallbackMethod: "POST" });
      expect(formOf(house)["RecordingStatusCallback"]).toMatch(
        /^https:\/\/home\.example\/recording\?ref=[\w-]+#/,
      );
      expect(house.twilio.violations()).toEqual([]);
    },
  );

  test("and `wait_for: completed` has the recording in its result", async () => {
    const house = await start();
    const { sid } = await call(house, { wait_for: "completed" });
    await house.twilio.answer(sid).over();
    await vi.waitFor(() => expect(results(house)).toHaveLength(1), PATIENCE);
    await vi.waitFor(() => expect(recordings(house)).toMatchObject([recordingEvent(sid)]), PATIENCE);
    const [recording] = recordings(house);
    const expected = { sid: recording?.["recording_sid"], url: recording?.["url"], duration: 1 };
    expect(results(house)[0]).toMatchObject({
      ok: true,
      status: "completed",
      recording: expected,
      recipients: [{ recording: expected }],
    });
  });

  test("without a public address has its recording looked up at Twilio and reported once", async () => {
    const house = await start({ public_url: "" }, SOON);
    const { sid } = await call(house, { wait_for: "completed" });
    expect(formOf(house)).not.toHaveProperty("RecordingStatusCallback");
    await house.twilio.answer(sid).over();
    await vi.waitFor(() => expect(results(house)).toHaveLength(1), PATIENCE);
    await vi.waitFor(() => expect(recordings(house)).toMatchObject([recordingEvent(sid)]), PATIENCE);
    const { recording_sid: recordingSid, url } = recordings(house)[0] ?? {};
    expect(results(house)[0]).toMatchObject({ ok: true, recording: { sid: recordingSid, url, duration: 1 } });
    expect(house.twilio.violations()).toEqual([]);
  });

  test("that is not answered has no recording", async () => {
    const house = await start();
    const { sid } = await call(house, { wait_for: "completed" });
    await house.twilio.call(sid).hangUp();
    await vi.waitFor(
      () =>
        expect(results(house)).toMatchObject([{ ok: false, error: { code: "no-answer" }, recording: null }]),
      PATIENCE,
    );
    expect(recordings(house)).toEqual([]);
  });

  test("whose recording is not ready in time gets its result without the recording, and the event comes later", async () => {
    const house = await start({ public_url: PUBLIC_URL }, SOON);
    const { sid } = await call(house, { wait_for: "completed" });
    await status(house, sid, {});
    await vi.waitFor(() => expect(results(house)).toMatchObject([{ ok: true, recording: null }]), PATIENCE);
    await recorded(house, sid);
    await vi.waitFor(() => expect(recordings(house)).toMatchObject([recordingEvent(sid)]), PATIENCE);
  });
});

test("for a call without recording, the app asks Twilio for no recording callback, and the result has no recording", async () => {
  const house = await start();
  const { sid } = await call(house, { record: false, wait_for: "completed" });
  await house.twilio.answer(sid).over();
  await vi.waitFor(() => expect(results(house)).toHaveLength(1), PATIENCE);
  expect(results(house)[0]).not.toHaveProperty("recording");
  expect(formOf(house)).not.toHaveProperty("RecordingStatusCallback");
  expect(recordings(house)).toEqual([]);
});

const RECORDING = `RE${"5".repeat(32)}`;
const RECORDING_FIELDS = {
  RecordingSid: RECORDING,
  RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/${RECORDING}`,
  RecordingDuration: "1",
};

/** Sends a callback of Twilio to the URL that the app gave. */
async function callBack(house: TestHouse, address: unknown, fields: Record<string, string>): Promise<void> {
  const [url = ""] = String(address).split("#");
  const target = { url, deliverTo: url.replace(PUBLIC_URL, `http://127.0.0.1:${house.app.port}`) };
  const { authToken, accountSid } = house.twilio;
  expect((await sendWebhook(authToken, target, { AccountSid: accountSid, ...fields })).status).toBe(204);
}

const status = (house: TestHouse, sid: string, recording: Record<string, string>): Promise<void> =>
  callBack(house, formOf(house)["StatusCallback"], {
    CallSid: sid,
    CallStatus: "completed",
    CallDuration: "1",
    CallbackSource: "call-progress-events",
    From: OURS,
    To: THEIRS,
    Direction: "outbound-api",
    ...recording,
  });

const recorded = (house: TestHouse, sid: string): Promise<void> =>
  callBack(house, formOf(house)["RecordingStatusCallback"], {
    CallSid: sid,
    RecordingStatus: "completed",
    ...RECORDING_FIELDS,
  });

test.each<[string, readonly ("status" | "plain status" | "recording")[]]>([
  ["the recording callback after the call's last status", ["plain status", "recording"]],
  ["the recording callback before the call's last status", ["recording", "plain status"]],
  ["a call status with the recording's fields, then the recording callback", ["status", "recording"]],
  ["the recording callback, then a call status with the recording's fields", ["recording", "status"]],
  ["the recording callback twice", ["plain status", "recording", "recording"]],
])("a recording that is reported by %s fires one event and is part of the result", async (_name, steps) => {
  const house = await start();
  const { sid } = await call(house, { wait_for: "completed" });
  for (const step of steps) {
    if (step === "recording") await recorded(house, sid);
    else await status(house, sid, step === "status" ? RECORDING_FIELDS : {});
  }
  await vi.waitFor(
    () => expect(results(house)).toMatchObject([{ ok: true, recording: { sid: RECORDING, duration: 1 } }]),
    PATIENCE,
  );
  await vi.waitFor(() => expect(recordings(house)).toMatchObject([recordingEvent(sid)]), PATIENCE);
  expect(recordings(house)).toHaveLength(1);
});

test("the result of a call that ended while the app was down contains the recording, for which one event is fired", async () => {
  const house = await start({}, SOON);
  const { sid } = await call(house, { wait_for: "completed" });
  await house.app.restart(() => house.twilio.answer(sid).over());
  await vi.waitFor(() => expect(results(house)).toHaveLength(1), PATIENCE);
  await vi.waitFor(() => expect(recordings(house)).toMatchObject([recordingEvent(sid)]), PATIENCE);
  expect(results(house)[0]).toMatchObject({ ok: true, recording: { url: recordings(house)[0]?.["url"] } });
});
