import type { EventData } from "../domain/events/outgoing-event.ts";
import type { TalkRecording } from "../domain/events/recording.ts";
import { isFinalCallStatus, type WebhookFields } from "../domain/events/webhook.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { TalkInput } from "./step.ts";

export type EndedBy = "caller" | "app" | "error" | "not_reached";

/** How a step ended. What was entered comes from whoever holds the telephone: it is text, and nothing else. */
export interface StepResult {
  /** The digits, or else the words; empty where nothing was entered. */
  readonly input: string;
  /** The words; null where none were heard. */
  readonly speech: string | null;
  /** How sure Twilio is of the words, 0 to 1. */
  readonly confidence: number | null;
  /** Who ended the call; null while it goes on. A caller's hang-up is no error. */
  readonly ended: EndedBy | null;
  readonly recording: TalkRecording | null;
  readonly forward: TalkForward | null;
}

/** How the other call ended: `completed`, `busy`, `no-answer`, `failed`, `canceled`. */
export interface TalkForward {
  readonly status: string;
  /** Seconds; null where it was not answered. */
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

/** How what a call of ours begins with has ended. */
export interface GatheredInput {
  readonly answer: StepResult;
  readonly error: ReportedError | null;
}

/** The data of a talk's `twilio_result`; `error` where the step failed. */
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

/** Why a step did not take place, in a sentence. */
export const TALK_ERRORS = {
  call_busy:
    "Another step is open on this call, perhaps of another automation; it goes on, and this one did nothing.",
  cannot_say: "It cannot be said: Twilio's documents hold no such text or address.",
  call_ended: "The app has ended this call already, so that nothing can be said on it.",
  call_unknown: "Twilio knows no such call. `call` takes the CallSid, such as trigger.event.data.CallSid.",
  call_answered: "The call is answered already, so that it cannot be rejected; `then: hang_up` ends it.",
  no_public_url:
    "A call can be held only where Twilio reaches the app, whose public address is not known yet. Set public_url in the app's options, or call your Twilio number once.",
  timeout: "Its time was up before the step was done.",
  not_entered: "The call was answered, and its time was up before anything was entered.",
  not_asked:
    "The call was answered, but Twilio did not get from the app what to say; its debugger says why, and the public address may be wrong.",
  interrupted:
    "Twilio failed on this step and could not say what was entered; its debugger says why. The call goes on.",
  failed: "Twilio ended the call with an error; its debugger says which.",
} as const;

export type TalkErrorCode = keyof typeof TALK_ERRORS;

export function talkError(code: TalkErrorCode): ReportedError {
  return { code, message: TALK_ERRORS[code], more_info: null };
}

/** Twilio hears a minute at most; whatever is longer does not come from a telephone. */
const LONGEST_INPUT = 4_000;

/** What a step's end says was entered. Source: Twilio, voice/twiml/{gather,record,dial} */
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

/** The recording that a webhook names; null where it names none. */
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
  return text?.slice(0, LONGEST_INPUT);
}
