import type { WebhookFields, WebhookKind } from "./classify-webhook.ts";

/**
 * What a webhook about a call asks TwiML for.
 *
 * - `ringing`: a call that nobody has answered yet
 * - `arrived`: a call in progress that was led to the app: by Studio or a TwiML Bin, or by the number's fallback
 * - `result`: a call in progress, after a Gather, Record or Dial in TwiML that is not the app's
 */
export type CallQuestion = "ringing" | "arrived" | "result";

/** With these Twilio tells what a verb has ended with. Source: twilio.com/docs/voice/twiml/{gather,record,dial,enqueue,pay} */
const RESULT_FIELDS = [
  "Digits",
  "SpeechResult",
  "RecordingUrl",
  "DialCallStatus",
  "QueueResult",
  "Result",
  "msg",
];

/** With these Twilio only tells something and ignores the answer: callbacks of statuses, recordings, words and machines. */
const NEWS_FIELDS = [
  "CallbackSource",
  "SequenceNumber",
  "StatusCallbackEvent",
  "RecordingStatus",
  "TranscriptionSid",
  "TranscriptionText",
  "TranscriptionStatus",
  "UnstableSpeechResult",
  "StableSpeechResult",
  "StreamEvent",
  "MachineDetectionDuration",
];

/** Null where Twilio does not go by the answer, or the answer must change nothing. */
export function callQuestion(kind: WebhookKind, fields: WebhookFields): CallQuestion | null {
  if (kind === "incoming_call") return "ringing";
  if (kind !== "call" || fields["CallStatus"] !== "in-progress" || hasAny(fields, NEWS_FIELDS)) return null;
  // The called end of a Dial, before it is connected: no TwiML lets the two talk.
  if (fields["Direction"] === "outbound-dial") return null;
  return isVerbResult(fields) ? "result" : "arrived";
}

/** Whether a request tells what a Gather, Record or Dial has ended with; it may be that nothing was entered. */
export function isVerbResult(fields: WebhookFields): boolean {
  return hasAny(fields, RESULT_FIELDS);
}

function hasAny(fields: WebhookFields, names: readonly string[]): boolean {
  return names.some((name) => fields[name] !== undefined);
}
