import type { WebhookFields } from "./classify-webhook.ts";

/**
 * Parameters that Twilio adds to a request about a call when it tells a result or an event of it. Such a request is
 * no status of the call, although it says `CallStatus=completed` when the caller has hung up. What it is called is
 * told by Twilio, voice/twiml/{record,gather,dial,enqueue,queue,conference,pay,refer,stream,siprec,transcription}.
 */
export const CALL_RESULT_FIELDS: ReadonlySet<string> = new Set([
  // <Gather>
  "Digits",
  "FinishedOnKey",
  "SpeechResult",
  "Confidence",
  "StableSpeechResult",
  "UnstableSpeechResult",
  // <Record>, and the callbacks of recordings
  "RecordingUrl",
  "RecordingSid",
  "RecordingStatus",
  "RecordingDuration",
  "RecordingSource",
  // Transcriptions, afterwards and while somebody speaks
  "TranscriptionSid",
  "TranscriptionStatus",
  "TranscriptionText",
  "TranscriptionUrl",
  "TranscriptionEvent",
  "TranscriptionData",
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
  // <Conference>
  "ConferenceSid",
  "StatusCallbackEvent",
  // <Pay>
  "Result",
  "PaymentSid",
  "PaymentConfirmationCode",
  "PaymentMethod",
  "PaymentError",
  "ProfileId",
  // Answering-machine detection that runs beside the call
  "MachineDetectionDuration",
  // <Stream>, <Siprec>, <Connect>
  "StreamSid",
  "StreamEvent",
  "SiprecSid",
  "SiprecEvent",
  "SessionId",
  "SessionStatus",
  "HandoffData",
  "VirtualAgentStatus",
  // <Sms> in a call
  "MessageSid",
  "SmsSid",
]);

export function isCallResult(fields: WebhookFields): boolean {
  return Object.keys(fields).some((name) => CALL_RESULT_FIELDS.has(name));
}
