import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { call, result, sidOf } from "../outbound/script-requests.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import type { WebhookAnswer } from "../twilio-simulator/webhooks/send-webhook.ts";
import { callParameters, messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";

type Parameters = Readonly<Record<string, string>>;

interface CallWebhook {
  readonly path: string;
  readonly more: Parameters;
}

const RECORDING = { RecordingSid: "RE1", RecordingUrl: "https://api.twilio.com/RE1", RecordingDuration: "5" };
const PROGRESS = { CallbackSource: "call-progress-events", SequenceNumber: "3" };

/** The webhooks of a caller who hangs up during a recording, after a forward without an answer. */
const RESULTS = {
  record: { path: "/webhook", more: { ...RECORDING, Digits: "hangup" } },
  transcription: { path: "/webhook", more: { TranscriptionSid: "TR1", TranscriptionText: "Hello" } },
  dial: { path: "/webhook", more: { DialCallStatus: "no-answer", DialCallSid: "CA9" } },
  status: { path: "/status/call", more: { ...PROGRESS, CallDuration: "12" } },
} satisfies Record<string, CallWebhook>;

let house: TestHouse;
let calls = 0;
beforeEach(async () => {
  house = await startHouse();
});
afterEach(() => house[Symbol.asyncDispose]());

const nextCall = (): string => `CA${String((calls += 1)).padStart(32, "0")}`;

function send(callSid: string, { path, more }: CallWebhook, token: string = crypto.randomUUID()) {
  const { accountSid, authToken } = house.twilio;
  const state = { accountSid, callSid, from: THEIRS, to: OURS, status: "completed", direction: "inbound" };
  return sendParameters({ ...callParameters(state), ...more }, path, authToken, token);
}

function sendParameters(
  parameters: Parameters,
  path: string,
  authToken: string,
  token: string = crypto.randomUUID(),
): Promise<WebhookAnswer> {
  const target = { url: PUBLIC_URL + path, deliverTo: `http://127.0.0.1:${house.app.port}${path}` };
  return sendWebhook(authToken, target, parameters, { "I-Twilio-Idempotency-Token": token });
}

/** The events of a call so far. A message after them shows that they are complete. */
async function eventsOf(callSid: string) {
  const { accountSid, authToken } = house.twilio;
  const body = crypto.randomUUID();
  const marker = messageParameters({ accountSid, from: THEIRS, to: OURS, body });
  await sendParameters(marker, "/webhook", authToken);
  await vi.waitFor(() => expect(house.home.fired.at(-1)?.data["Body"]).toBe(body));
  return house.home.fired.filter(({ data }) => [data["CallSid"], data["call_sid"]].includes(callSid));
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

const word = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** The fields that distinguish the webhooks. */
const summary = (fired: Awaited<ReturnType<typeof eventsOf>>): string[] =>
  fired
    .map(({ type, data }) => {
      const outcome = data["TranscriptionText"] ?? data["DialCallStatus"] ?? data["Digits"];
      return [type, outcome, data["status"], data["duration"]].map(word).join(" ");
    })
    .toSorted();

describe("when a call ends, each result and each status fires its events once, in any order of arrival,", () => {
  test("if the results of TwiML verbs come to /webhook and the status to /status/call", async () => {
    for (const order of permutations(Object.values(RESULTS))) {
      const callSid = nextCall();
      for (const webhook of order) {
        const token = crypto.randomUUID();
        expect((await send(callSid, webhook, token)).status).toBeLessThan(300);
        await send(callSid, webhook, token);
      }
      for (const webhook of order) await send(callSid, webhook);
      expect(summary(await eventsOf(callSid))).toEqual([
        "twilio_call_status  completed 12",
        "twilio_data_received Hello  ",
        "twilio_data_received hangup  ",
        "twilio_data_received no-answer  ",
      ]);
    }
  });

  test("if the results and the status come to /webhook at the same time", async () => {
    const callSid = nextCall();
    const { record, dial } = RESULTS;
    const status = { path: "/webhook", more: { CallDuration: "12" } };
    await Promise.all(
      [record, status, dial, record, status, dial].map((webhook) => send(callSid, webhook, "one")),
    );
    expect(summary(await eventsOf(callSid))).toEqual([
      "twilio_call_status  completed 12",
      "twilio_data_received   ",
      "twilio_data_received hangup  ",
      "twilio_data_received no-answer  ",
    ]);
  });

  test("even if the same status comes to /webhook (which also fires twilio_data_received) and to /status/call", async () => {
    for (const paths of permutations(["/webhook", "/status/call"])) {
      const callSid = nextCall();
      for (const path of paths) await send(callSid, { path, more: { ...PROGRESS, CallDuration: "12" } });
      expect(summary(await eventsOf(callSid))).toEqual([
        "twilio_call_status  completed 12",
        "twilio_data_received   ",
      ]);
    }
  });

  test("if status callbacks and recording callbacks report the same recording, with only one twilio_recording", async () => {
    const status = { path: "/status/call", more: { ...PROGRESS, ...RECORDING, CallDuration: "12" } };
    const callback = { path: "/recording", more: { ...RECORDING, RecordingStatus: "completed" } };
    const begun = { path: "/recording", more: { RecordingSid: "RE1", RecordingStatus: "in-progress" } };
    const other = { path: "/webhook", more: { ...PROGRESS, ...RECORDING, CallDuration: "12" } };
    for (const order of permutations([status, callback, begun, other])) {
      const callSid = nextCall();
      for (const webhook of order) await send(callSid, webhook);
      expect(summary(await eventsOf(callSid))).toEqual([
        "twilio_call_status  completed 12",
        "twilio_data_received   ",
        "twilio_recording   5",
      ]);
    }
  });
});

describe("a later status callback that adds a field to a final status", () => {
  test("fires another event with all known fields if it adds the duration or the error of a call", async () => {
    for (const path of ["/status/call", "/webhook"]) {
      const callSid = nextCall();
      const parts: Parameters[] = [
        {},
        { CallDuration: "12" },
        { ErrorCode: "13224" },
        { CallDuration: "12" },
      ];
      for (const more of parts) await send(callSid, { path, more: { ...PROGRESS, ...more } });
      const statuses = (await eventsOf(callSid)).filter(({ type }) => type === "twilio_call_status");
      expect(statuses.map(({ data }) => data)).toMatchObject([
        { status: "completed", duration: null, error: null },
        { status: "completed", duration: 12, error: null },
        { status: "completed", duration: 12, error: { code: "13224" } },
      ]);
    }
  });

  test("adds an error to a failed message, but not if the error code is 0 or the message was delivered in the end", async () => {
    const { authToken } = house.twilio;
    const updates: Parameters[] = [
      { MessageStatus: "sent", ErrorCode: "0" },
      { MessageStatus: "undelivered", ErrorCode: "" },
      { MessageStatus: "undelivered", ErrorCode: "30003" },
      { MessageStatus: "undelivered", ErrorCode: "30003", RawDlrDoneDate: "2611291200" },
      { MessageStatus: "delivered", ErrorCode: "0" },
      { MessageStatus: "undelivered", ErrorCode: "30005" },
      { MessageStatus: "read" },
    ];
    for (const more of updates)
      await sendParameters({ MessageSid: "SM1", To: THEIRS, ...more }, "/status/message", authToken);
    await eventsOf("none");
    expect(house.fired("twilio_message_status")).toMatchObject([
      { status: "sent", error: null },
      { status: "undelivered", error: null },
      { status: "undelivered", error: { code: "30003" } },
      { status: "delivered", error: null },
      { status: "read", error: null },
    ]);
  });
});

test("the result of a call with `wait_for: completed` has the call's duration, even if the webhook of a TwiML verb's `action` came first", async () => {
  house.request(call({ wait_for: "completed" }));
  const sid = await sidOf(house);
  await send(sid, RESULTS.record);
  await send(sid, RESULTS.status);
  expect(await result(house)).toMatchObject({ ok: true, status: "completed", duration: 12 });
});
