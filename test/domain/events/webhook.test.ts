import { describe, expect, test } from "vitest";

import { CALL_RESULT_FIELDS } from "../../../src/domain/events/call-result-fields.ts";
import { classifyWebhook } from "../../../src/domain/events/webhook.ts";
import type { WebhookFields } from "../../../src/domain/events/webhook.ts";

const ENDED = { CallSid: "CA1", CallStatus: "completed", Direction: "inbound" };
const kindOf = (fields: WebhookFields) => classifyWebhook("webhook", fields);

/** Webhooks about an ended call that are not its status. */
const RESULTS: readonly (readonly [string, WebhookFields])[] = [
  ["<Record action> after a hang-up", { RecordingUrl: "u", RecordingSid: "RE1", Digits: "hangup" }],
  ["<Record action> of a provider", { RecordingUrl: "u" }],
  ["a recording's callback", { RecordingSid: "RE1", RecordingUrl: "u", RecordingStatus: "completed" }],
  ["a transcription", { TranscriptionSid: "TR1", TranscriptionText: "hi", TranscriptionStatus: "completed" }],
  ["words while they are spoken", { TranscriptionEvent: "transcription-content", TranscriptionData: "{}" }],
  ["<Dial action>", { DialCallStatus: "completed", DialCallSid: "CA2", DialCallDuration: "7" }],
  ["<Dial action> that nobody answered", { DialCallStatus: "no-answer" }],
  ["<Gather> digits", { Digits: "1", FinishedOnKey: "" }],
  ["<Gather> speech", { SpeechResult: "open", Confidence: "0.9" }],
  ["<Gather> nothing", { msg: "Gather End" }],
  ["<Gather> half a sentence", { UnstableSpeechResult: "op", SequenceNumber: "1" }],
  ["<Enqueue action>", { QueueResult: "hangup", QueueSid: "QU1", QueueTime: "9" }],
  ["<Dial><Queue>", { DequeueResult: "bridged" }],
  ["a conference's event", { ConferenceSid: "CF1", StatusCallbackEvent: "participant-leave" }],
  ["<Pay action>", { Result: "success", PaymentConfirmationCode: "c" }],
  ["<Refer action>", { ReferCallStatus: "completed" }],
  ["a machine that was detected", { AnsweredBy: "machine_start", MachineDetectionDuration: "2400" }],
  ["a stream's event", { StreamSid: "MZ1", StreamEvent: "stream-stopped" }],
  ["<Connect action>", { SessionId: "VX1", SessionStatus: "ended" }],
  ["<Sms action>", { SmsSid: "SM1", SmsStatus: "sent" }],
];

describe("a webhook with the result of a TwiML verb on an ended call (CallStatus=completed) counts as a call, unless it is a status callback:", () => {
  test.each(RESULTS)("%s", (_name, result) => {
    expect(kindOf({ ...ENDED, ...result })).toBe("call");
    expect(kindOf({ ...ENDED, ...result, CallStatus: "in-progress" })).toBe("call");
    expect(kindOf({ ...ENDED, ...result, CallbackSource: "call-progress-events" })).toBe("call_status");
    expect(classifyWebhook("call_status", { ...ENDED, ...result })).toBe("call_status");
  });

  test("also if the webhook has only one field of a verb's result, and this field is empty", () => {
    for (const name of CALL_RESULT_FIELDS) expect(kindOf({ ...ENDED, [name]: "" }), name).toBe("call");
  });
});

test.each(["completed", "busy", "failed", "no-answer", "canceled"])(
  "a webhook that contains only the final CallStatus %s counts as a status",
  (CallStatus) => {
    const status = { ...ENDED, CallStatus, CallDuration: "7", AnsweredBy: "human", SipResponseCode: "200" };
    expect(kindOf(status)).toBe("call_status");
  },
);

test.each<[string, WebhookFields]>([
  ["incoming_call", { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound" }],
  ["call", { CallSid: "CA1", CallStatus: "in-progress", Direction: "inbound" }],
  ["call", { CallSid: "CA1", action: "open" }],
  ["message", { MessageSid: "SM1", SmsStatus: "received", Body: "", NumMedia: "0" }],
  ["message", { SmsSid: "SM1", Body: "hi" }],
  ["message_status", { MessageSid: "SM1", MessageStatus: "delivered", SmsStatus: "delivered" }],
  ["message_status", { SmsSid: "SM1", SmsStatus: "sent" }],
  ["message", { SmsSid: "SM1", SmsStatus: "received" }],
  ["other", { MessageSid: "SM1", action: "open" }],
  ["other", { action: "open" }],
  // Studio sends empty values for things that did not start the flow.
  ["message", { MessageSid: "SM1", Body: "hi", CallSid: "", CallStatus: "" }],
  ["message", { MessageSid: "SM1", Body: "hi", MessageStatus: "" }],
  ["other", { MessageSid: "SM1", MessageStatus: "", action: "open" }],
  ["other", { MessageSid: "", CallSid: "", action: "open" }],
  ["call", { CallSid: "CA1", MessageSid: "", CallStatus: "in-progress" }],
  ["incoming_call", { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound", CallbackSource: "" }],
  ["other", { ConferenceSid: "CF1", StatusCallbackEvent: "conference-end" }],
])("the app gives the kind %s to a webhook with the fields %o", (kind, fields) => {
  expect(kindOf(fields)).toBe(kind);
});
