import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "../../calls/step.ts";
import type { SessionTerms, Speech, TalkInput, TalkStep } from "../../calls/step.ts";
import type { TalkPayload } from "../../calls/talk-payload.ts";
import type { MakeCallPayload } from "./make-call.ts";

/** As long as Twilio lets a forwarded call ring of itself. Source: twilio.com/docs/voice/twiml/dial */
const FORWARD_RING_SECONDS = 30;

/** The step that `script.twilio_talk` asks for. `forwardTo`: the address that `forward_to` stands for. */
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

/** The first step of a call that an automation goes on with: null where the call only speaks, or does what TwiML says. */
export function firstStepOfCall(payload: MakeCallPayload): TalkStep | null {
  if (payload.ask === undefined && payload.then !== "talk") return null;
  return {
    speech: speechOf(payload),
    input: gatherOf(payload),
    repeat: payload.repeat,
    afterwards: payload.then === "talk" ? "wait" : "hang_up",
  };
}

/** `language`: the app's, where the payload names none. */
export function sessionTermsOf(payload: TalkPayload | MakeCallPayload, language: string): SessionTerms {
  return {
    holdSeconds: "hold_seconds" in payload ? payload.hold_seconds : DEFAULT_HOLD_SECONDS,
    silenceSeconds: "silence_seconds" in payload ? payload.silence_seconds : DEFAULT_SILENCE_SECONDS,
    language: payload.language ?? language,
    voice: payload.voice ?? null,
  };
}

function speechOf({ say, play }: TalkPayload | MakeCallPayload): Speech {
  if (say !== undefined) return { kind: "say", text: say };
  return play === undefined ? { kind: "silent" } : { kind: "play", url: play };
}

function gatherOf(payload: TalkPayload | MakeCallPayload): TalkInput | null {
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

function finishKeyOf({ finish_on_key: key }: TalkPayload | MakeCallPayload): string {
  return key === "none" ? "" : key;
}
