import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "./step.ts";
import type { SessionTerms, Speech, TalkInput, TalkStep } from "./step.ts";
import type { TalkPayload } from "./talk-payload.ts";

/** The fields that both a step of `script.twilio_talk` and the first step of an outgoing call have. */
export type StepFields = Pick<
  TalkPayload,
  "say" | "play" | "ask" | "digits" | "hints" | "answer_seconds" | "finish_on_key"
>;

/** The fields that apply to a whole call. The command `make_call` has no `hold_seconds` and `silence_seconds`. */
export type TermsFields = Pick<TalkPayload, "language" | "voice"> &
  Partial<Pick<TalkPayload, "hold_seconds" | "silence_seconds">>;

/**
 * How long a forwarded call rings, in seconds. Twilio's default is the same. Source: twilio.com/docs/voice/twiml/dial
 */
const FORWARD_RING_SECONDS = 30;

/**
 * Makes the step that `script.twilio_talk` requests.
 *
 * @param forwardTo the number for the field `forward_to`; null if the call is not forwarded
 */
export function talkStepOf(payload: TalkPayload, forwardTo: string | null): TalkStep {
  const { repeat, then: afterwards, record, answer_seconds: answerSeconds } = payload;
  return { speech: speechOf(payload), input: inputOf(), repeat, afterwards };

  function inputOf(): TalkInput | null {
    if (forwardTo !== null) return { kind: "forward", to: forwardTo, ringSeconds: FORWARD_RING_SECONDS };
    if (record !== undefined && record !== null)
      return { kind: "record", mostSeconds: record, answerSeconds, finishOnKey: finishKeyOf(payload) };
    return gatherOf(payload);
  }
}

/**
 * Reads the language, voice and time limits of a call. Fields that the payload does not have get their defaults.
 *
 * @param language the language if the payload names none, as Twilio names it (`de-DE`)
 */
export function sessionTermsOf(payload: TermsFields, language: string): SessionTerms {
  return {
    holdSeconds: payload.hold_seconds ?? DEFAULT_HOLD_SECONDS,
    silenceSeconds: payload.silence_seconds ?? DEFAULT_SILENCE_SECONDS,
    language: payload.language ?? language,
    voice: payload.voice ?? null,
  };
}

/** Reads the text or sound of a step. */
export function speechOf({ say, play }: StepFields): Speech {
  if (say !== undefined) return { kind: "say", text: say };
  return play === undefined ? { kind: "silent" } : { kind: "play", url: play };
}

/** The input that a step asks for; null if it asks no question. */
export function gatherOf(payload: StepFields): TalkInput | null {
  const { ask, digits, hints, answer_seconds: answerSeconds } = payload;
  if (ask === undefined) return null;
  return {
    kind: "gather",
    what: ask,
    digits: digits ?? null,
    finishOnKey: finishKeyOf(payload),
    hints: hints ?? [],
    answerSeconds,
  };
}

function finishKeyOf({ finish_on_key: key }: StepFields): string {
  return key === "none" ? "" : key;
}
