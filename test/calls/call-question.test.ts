import { expect, test } from "vitest";

import { callQuestion } from "../../src/calls/call-question.ts";
import { classifyWebhook } from "../../src/domain/events/webhook.ts";
import type { WebhookRoute } from "../../src/domain/events/webhook.ts";

const CALL = { CallSid: `CA${"0".repeat(32)}`, CallStatus: "in-progress", Direction: "inbound" };

function asks(fields: Readonly<Record<string, string>>, route: WebhookRoute = "webhook") {
  return callQuestion(classifyWebhook(route, fields), fields);
}

test.each([
  [{ ...CALL, CallStatus: "ringing" }, "ringing"],
  [CALL, "arrived"],
  [{ ...CALL, Direction: "outbound-api" }, "arrived"],
  [{ ...CALL, ErrorCode: "11200", ErrorUrl: "https://home.example/talk?s=A" }, "arrived"],
  [{ ...CALL, Digits: "" }, "result"],
  [{ ...CALL, SpeechResult: "open", Confidence: "0.9" }, "result"],
  [{ ...CALL, RecordingUrl: "https://api.twilio.com/RE1", RecordingSid: "RE1" }, "result"],
  [{ ...CALL, DialCallStatus: "busy" }, "result"],
  [{ ...CALL, QueueResult: "hangup" }, "result"],
  [{ ...CALL, msg: "Gather End" }, "result"],
  [{ ...CALL, ReferCallStatus: "completed" }, "result"],
  [{ ...CALL, DequeueResult: "bridged" }, "result"],
  [{ ...CALL, PaymentError: "none" }, "result"],
  [{ ...CALL, SessionId: "VX1", SessionStatus: "ended" }, "result"],
  [{ ...CALL, SmsSid: "SM1", SmsStatus: "sent" }, "result"],
])("the app answers the webhook %j with TwiML, and gives its call the state `%s`", (fields, question) => {
  expect(asks(fields)).toBe(question);
});

test.each([
  { ...CALL, CallStatus: "completed" },
  { ...CALL, CallStatus: "completed", RecordingUrl: "https://api.twilio.com/RE1", Digits: "hangup" },
  { ...CALL, CallStatus: "completed", DialCallStatus: "completed" },
  { ...CALL, CallbackSource: "call-progress-events" },
  { ...CALL, SequenceNumber: "2" },
  { ...CALL, UnstableSpeechResult: "op" },
  { ...CALL, TranscriptionText: "Hello" },
  { ...CALL, RecordingStatus: "completed", RecordingUrl: "https://api.twilio.com/RE1" },
  { ...CALL, TranscriptionUrl: "https://api.twilio.com/TR1" },
  { ...CALL, TranscriptionEvent: "transcription-content", TranscriptionData: "{}" },
  { ...CALL, SiprecSid: "SR1", SiprecEvent: "siprec-started" },
  { ...CALL, StreamSid: "MZ1", StreamEvent: "stream-started" },
  { ...CALL, ConferenceSid: "CF1" },
  { ...CALL, Direction: "outbound-dial" },
  { CallSid: CALL.CallSid, AnsweredBy: "human", MachineDetectionDuration: "2400" },
  { CallSid: CALL.CallSid, StatusCallbackEvent: "participant-join", ConferenceSid: "CF1" },
  { MessageSid: "SM1", Body: "hi" },
])("the webhook %j does not ask the app for TwiML that controls a call", (fields) => {
  expect(asks(fields)).toBeNull();
});

test.each(["call_status", "recording", "message_status"] as const)(
  "the app does not answer a webhook with TwiML if it arrives at the path of the route `%s`",
  (route) => {
    expect(asks({ ...CALL, Digits: "1" }, route)).toBeNull();
  },
);
