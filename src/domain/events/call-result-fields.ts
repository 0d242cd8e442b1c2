import type { WebhookFields } from "./webhook.ts";

/**
 * Fields with which Twilio reports the result of a verb; Twilio then does what the answer says. If the caller has hung
 * up, they come with `CallStatus=completed`.
 * Source: twilio.com/docs/voice/twiml/{gather,record,dial,refer,enqueue,queue,pay,connect,sms}
 */
const VERB_RESULTS = [
  // <Gather>; `msg` alone where nothing was entered
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
 * Fields of callbacks about something beside the call. Twilio ignores the answer to them, whatever other fields are
 * present.
 */
const NEWS = [
  // Half a sentence that <Gather> hears
  "StableSpeechResult",
  "UnstableSpeechResult",
  // The callbacks of recordings
  "RecordingStatus",
  "RecordingSource",
  // Transcriptions, afterwards and while somebody speaks
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

/** All fields that show that a request is not a status of the call, although it may contain `CallStatus=completed`. */
export const CALL_RESULT_FIELDS: readonly string[] = [...VERB_RESULTS, ...NEWS];

export function isCallResult(fields: WebhookFields): boolean {
  return hasAny(fields, CALL_RESULT_FIELDS);
}

/** Whether a request tells what a verb has ended with; it may be that nothing was entered. */
export function isVerbResult(fields: WebhookFields): boolean {
  return hasAny(fields, VERB_RESULTS) && !isCallProgress(fields);
}

export function isCallProgress(fields: WebhookFields): boolean {
  return hasAny(fields, NEWS);
}

function hasAny(fields: WebhookFields, names: readonly string[]): boolean {
  return names.some((name) => fields[name] !== undefined);
}
