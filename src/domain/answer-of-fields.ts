import { isFinalCallState } from "./classify-webhook.ts";
import type { WebhookFields } from "./classify-webhook.ts";
import type { TalkAnswer, TalkForward, TalkRecording } from "./talk-answer.ts";
import type { TalkInput } from "./talk-step.ts";

/** Twilio hears a minute at most; whatever is longer does not come from a telephone. */
const LONGEST_INPUT = 4_000;

/** What a step's end says was entered. Source: Twilio, voice/twiml/{gather,record,dial} */
export function answerOfFields(fields: WebhookFields, input: TalkInput | null): TalkAnswer {
  const speech = input?.kind === "gather" ? (cut(fields["SpeechResult"]) ?? null) : null;
  const digits = input?.kind === "gather" ? cut(fields["Digits"]) : undefined;
  return {
    input: digits || speech || "",
    speech,
    confidence: speech === null ? null : numberIn(fields["Confidence"]),
    ended: isFinalCallState(fields["CallStatus"]) ? "caller" : null,
    recording: input?.kind === "record" ? recordingOf(fields) : null,
    forward: input?.kind === "forward" ? forwardOf(fields) : null,
  };
}

/** The recording that a webhook names; null where it names none. */
export function recordingOf(fields: WebhookFields): TalkRecording | null {
  const url = fields["RecordingUrl"];
  if (!url) return null;
  return { sid: fields["RecordingSid"] ?? null, url, duration: numberIn(fields["RecordingDuration"]) };
}

function forwardOf(fields: WebhookFields): TalkForward | null {
  const status = fields["DialCallStatus"];
  if (!status) return null;
  return {
    status,
    duration: numberIn(fields["DialCallDuration"]),
    sid: fields["DialCallSid"] ?? null,
  };
}

function numberIn(text: string | undefined): number | null {
  const value = Number(text);
  return text === undefined || text === "" || Number.isNaN(value) ? null : value;
}

function cut(text: string | undefined): string | undefined {
  return text?.slice(0, LONGEST_INPUT);
}
