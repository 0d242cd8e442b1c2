import type { WebhookFields } from "./webhook.ts";

/**
 * Fields with which Twilio reports the result of a verb. Twilio then follows the TwiML in the answer. If the caller has
 * hung up, they come with `CallStatus=completed`.
 * Source: twilio.com/docs/voice/twiml/{gather,record,dial,refer,enqueue,queue,pay,connect,sms}
 */
const VERB_RESULTS = [
  // <Gather>; only `msg` if nothing was entered
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
  // <Enqueue>, its waiting music, and <Dial><Queue>
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
  // <Sms> in a call
  "MessageSid",
  "SmsSid",
] as const;

/**
 * Fields of callbacks that report progress beside the call. Twilio ignores the answer to them, even if other fields are
 * present.
 */
const PROGRESS_FIELDS = [
  // A partial result of <Gather>
  "StableSpeechResult",
  "UnstableSpeechResult",
  // The callbacks of recordings
  "RecordingStatus",
  "RecordingSource",
  // Transcriptions, after and during speech
  "TranscriptionSid",
  "TranscriptionStatus",
  "TranscriptionText",
  "TranscriptionUrl",
  "TranscriptionEvent",
  "TranscriptionData",
  // <Conference>
  "ConferenceSid",
  "StatusCallbackEvent",
  // Answering-machine detection that runs beside the call
  "MachineDetectionDuration",
  // <Stream>, <Siprec>
  "StreamSid",
  "StreamEvent",
  "SiprecSid",
  "SiprecEvent",
] as const;

/** All fields that show that a webhook is not a status of the call, although it may contain `CallStatus=completed`. */
export const CALL_RESULT_FIELDS: readonly string[] = [...VERB_RESULTS, ...PROGRESS_FIELDS];

/** Whether a webhook about a call reports something other than the call's status. */
export function isCallResult(fields: WebhookFields): boolean {
  return hasAny(fields, CALL_RESULT_FIELDS);
}

/** Whether a webhook reports the result of a verb, which may be empty. */
export function isVerbResult(fields: WebhookFields): boolean {
  return hasAny(fields, VERB_RESULTS) && !isCallProgress(fields);
}

/** Whether Twilio ignores the answer to a webhook, because it only reports progress beside the call. */
export function isCallProgress(fields: WebhookFields): boolean {
  return hasAny(fields, PROGRESS_FIELDS);
}

function hasAny(fields: WebhookFields, names: readonly string[]): boolean {
  return names.some((name) => fields[name] !== undefined);
}
