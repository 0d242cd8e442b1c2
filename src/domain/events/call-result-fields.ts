import type { WebhookFields } from "./webhook.ts";

/**
 * Fields in which Twilio reports the result of a TwiML verb. Twilio then follows the TwiML in the app's answer. If the
 * caller has hung up, the webhook also contains `CallStatus=completed`.
 * Source: twilio.com/docs/voice/twiml/{gather,record,dial,refer,enqueue,queue,pay,connect,sms}
 */
const VERB_RESULTS = [
  // <Gather>. Twilio sends only `msg` if the caller entered nothing.
  "Digits",
  "FinishedOnKey",
  "SpeechResult",
  "Confidence",
  "msg",
  // <Record>
  "RecordingUrl",
  "RecordingSid",
  "RecordingDuration",
  // <Dial>
  "DialCallStatus",
  "DialCallSid",
  "DialCallDuration",
  "DialBridged",
  "DialSipResponseCode",
  // <Refer>
  "ReferCallStatus",
  "ReferSipResponseCode",
  "ReferTransferTarget",
  // <Enqueue>, the music that it plays to waiting callers, and <Dial> with <Queue>
  "QueueResult",
  "QueueSid",
  "QueueTime",
  "QueuePosition",
  "DequeueResult",
  "DequeingCallSid",
  "DequeuedCallSid",
  // <Pay>
  "Result",
  "PaymentSid",
  "PaymentConfirmationCode",
  "PaymentMethod",
  "PaymentError",
  "ProfileId",
  // <Connect>
  "SessionId",
  "SessionStatus",
  "HandoffData",
  "VirtualAgentStatus",
  // <Sms> during a call
  "MessageSid",
  "SmsSid",
] as const;

/**
 * Fields of callbacks that only report progress during a call. Twilio ignores the app's answer to a callback with one
 * of these fields, even if it also has fields of a verb.
 */
const PROGRESS_FIELDS = [
  // A partial result of speech recognition by <Gather>
  "StableSpeechResult",
  "UnstableSpeechResult",
  // Status callbacks of recordings
  "RecordingStatus",
  "RecordingSource",
  // Transcriptions of recordings, and live transcriptions
  "TranscriptionSid",
  "TranscriptionStatus",
  "TranscriptionText",
  "TranscriptionUrl",
  "TranscriptionEvent",
  "TranscriptionData",
  // <Conference>
  "ConferenceSid",
  "StatusCallbackEvent",
  // Asynchronous detection of answering machines
  "MachineDetectionDuration",
  // <Stream>, <Siprec>
  "StreamSid",
  "StreamEvent",
  "SiprecSid",
  "SiprecEvent",
] as const;

/**
 * Fields that show that a webhook does not report the call's status, even if the webhook contains
 * `CallStatus=completed`. A webhook with `CallbackSource` does report the status, see `classifyWebhook`.
 */
export const CALL_RESULT_FIELDS: readonly string[] = [...VERB_RESULTS, ...PROGRESS_FIELDS];

/** Whether a webhook about a call, without `CallbackSource`, reports something other than the call's status. */
export function isCallResult(fields: WebhookFields): boolean {
  return hasAny(fields, CALL_RESULT_FIELDS);
}

/** Whether a webhook reports the result of a TwiML verb, even an empty one. Twilio then follows the app's answer. */
export function isVerbResult(fields: WebhookFields): boolean {
  return hasAny(fields, VERB_RESULTS) && !isCallProgress(fields);
}

/** Whether a webhook only reports progress during a call. Twilio then ignores the app's answer. */
export function isCallProgress(fields: WebhookFields): boolean {
  return hasAny(fields, PROGRESS_FIELDS);
}

function hasAny(fields: WebhookFields, names: readonly string[]): boolean {
  return names.some((name) => fields[name] !== undefined);
}
