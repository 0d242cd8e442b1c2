import type { WebhookFields } from "./classify-webhook.ts";

/**
 * With these Twilio tells what a verb has ended with, and does what the answer says. They come with
 * `CallStatus=completed` when the caller has hung up.
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

/** With these Twilio tells an event beside the call and ignores the answer, whichever of the others come with them. */
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

/** All that Twilio adds to a request about a call that is no status of it, although it may say `CallStatus=completed`. */
export const CALL_RESULT_FIELDS: readonly string[] = [...VERB_RESULTS, ...NEWS];

export function isCallResult(fields: WebhookFields): boolean {
  return hasAny(fields, CALL_RESULT_FIELDS);
}

/** Whether a request tells what a verb has ended with; it may be that nothing was entered. */
export function isVerbResult(fields: WebhookFields): boolean {
  return hasAny(fields, VERB_RESULTS) && !isCallNews(fields);
}

export function isCallNews(fields: WebhookFields): boolean {
  return hasAny(fields, NEWS);
}

function hasAny(fields: WebhookFields, names: readonly string[]): boolean {
  return names.some((name) => fields[name] !== undefined);
}
