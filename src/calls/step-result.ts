import type { EventData } from "../domain/events/outgoing-event.ts";
import type { TalkRecording } from "../domain/events/recording.ts";
import { isFinalCallStatus, type WebhookFields } from "../domain/events/webhook.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import { cutText } from "../domain/text/cut-text.ts";
import type { TalkInput } from "./step.ts";

export type EndedBy = "caller" | "app" | "error" | "not_reached";

/**
 * The result of a step (what the app says or plays, and the input that it waits for), for the automation. Anybody on
 * the telephone can choose the input, so it is not trustworthy.
 */
export interface StepResult {
  /** The pressed keys, or else the spoken words. Empty if nothing was entered. */
  readonly input: string;
  /** The spoken words; null if Twilio recognized no words. */
  readonly speech: string | null;
  /** How sure Twilio is of the spoken words, from 0 to 1. */
  readonly confidence: number | null;
  /** The party that ended the call; null while the call is in progress. If the caller hangs up, that is no error. */
  readonly ended: EndedBy | null;
  readonly recording: TalkRecording | null;
  readonly forward: TalkForward | null;
}

/** The result of a forwarded call. */
export interface TalkForward {
  /** The status in Twilio's words: `completed`, `busy`, `no-answer`, `failed` or `canceled`. */
  readonly status: string;
  /** The duration of the connection in seconds; null if nobody answered. */
  readonly duration: number | null;
  readonly sid: string | null;
}

export const EMPTY_STEP_RESULT: StepResult = {
  input: "",
  speech: null,
  confidence: null,
  ended: null,
  recording: null,
  forward: null,
};

/** The result of the first step of an outgoing call (what was asked and entered), with its error. */
export interface GatheredInput {
  readonly answer: StepResult;
  readonly error: ReportedError | null;
}

/** The data of `twilio_result` for a step (what the app said and asked). It has `error` if the step failed. */
export function talkResultData(
  requestId: string,
  call: string,
  answer: StepResult,
  error: ReportedError | null = null,
): EventData {
  return {
    request_id: requestId,
    command: "talk",
    call,
    ...answer,
    ok: error === null,
    error,
    recipients: [],
  };
}

/**
 * The message for each error of a step, by the error's code. The step is one run of `script.twilio_talk`, or the first
 * step of an outgoing call.
 */
export const TALK_ERRORS = {
  call_busy:
    "Another step is open on this call, perhaps of another automation. That step continues, and this one was not started.",
  cannot_say:
    "The text or the address of the sound contains characters that Twilio cannot process, so nothing was said. Remove these characters.",
  call_ended: "The app has already ended this call, so no further step is possible.",
  call_unknown:
    "Twilio has no call with this CallSid. Set `call` to the CallSid, such as trigger.event.data.CallSid.",
  call_answered:
    "The call has already been answered, so it cannot be rejected. Use `then: hang_up` to end it.",
  no_public_url:
    "The app's public address is not known yet, so Twilio cannot reach the app during the call. Set up the relay, set public_url in the app's options, or call your Twilio number once.",
  timeout: "The step was not finished within its timeout.",
  not_entered: "The call was answered, but nothing was entered before the timeout.",
  not_asked:
    "The call was answered, but Twilio could not fetch the first step from the app. Check the public address, and see Twilio's debugger for the reason.",
  not_reached:
    "The app's answer reached the webhook relay too late, so the call ended before this step was done.",
  interrupted:
    "Twilio failed on this step and could not report what was entered. See Twilio's debugger for the reason. The call continues.",
  failed: "Twilio ended the call with an error. See Twilio's debugger for the reason.",
} as const;

export type TalkErrorCode = keyof typeof TALK_ERRORS;

/** Makes the error with this code for the result of `script.twilio_talk`, or of the first step of an outgoing call. */
export function talkError(code: TalkErrorCode): ReportedError {
  return { code, message: TALK_ERRORS[code], more_info: null };
}

/** The highest number of characters of an input. Twilio listens for at most a minute, in which nobody can say more. */
const MAX_INPUT_LENGTH = 4_000;

/** Reads the result of a step from the webhook that reports it. Source: Twilio, voice/twiml/{gather,record,dial} */
export function stepResultOfFields(fields: WebhookFields, input: TalkInput | null): StepResult {
  const ended = isFinalCallStatus(fields["CallStatus"]) ? "caller" : null;
  const empty: StepResult = { ...EMPTY_STEP_RESULT, ended };
  switch (input?.kind) {
    case "gather":
      return { ...empty, ...gatheredOf(fields) };
    case "record":
      return { ...empty, recording: recordingOfFields(fields) };
    case "forward":
      return { ...empty, forward: forwardOf(fields) };
    case undefined:
      return empty;
  }
}

function gatheredOf(fields: WebhookFields): Pick<StepResult, "input" | "speech" | "confidence"> {
  const speech = cut(fields["SpeechResult"]) ?? null;
  const confidence = speech === null ? null : numberIn(fields["Confidence"]);
  return { input: cut(fields["Digits"]) || speech || "", speech, confidence };
}

/** The recording in a webhook; null if the webhook names none. */
export function recordingOfFields(fields: WebhookFields): TalkRecording | null {
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
  return text === undefined ? undefined : cutText(text, MAX_INPUT_LENGTH);
}
