import { goodbyeIn } from "../../calls/goodbye.ts";
import type { SessionInstruction } from "../../calls/instruction.ts";
import type { SessionTerms, Speech, TalkInput } from "../../calls/step.ts";
import { recordingCallbackUrl } from "../webhooks/recording-callback-url.ts";
import type { WriteTalkAddress } from "../webhooks/talk/talk-addresses.ts";
import { sayText } from "./say-text.ts";
import type { Speaker } from "./say-text.ts";
import { addScriptStep, termsOf } from "./script-twiml.ts";
import { newVoiceResponse } from "./text.ts";
import type { VoiceResponse } from "./text.ts";
import { escapeXmlText } from "./text.ts";

type Action<Kind> = Extract<SessionInstruction, { readonly kind: Kind }>;
type Input<Kind> = Extract<TalkInput, { readonly kind: Kind }>;
/** All instructions except `fallback`, which the app's options define: see fallback-twiml.ts. */
type TwimlInstruction = Exclude<SessionInstruction, { readonly kind: "fallback" }>;
type GatherAttributes = Parameters<VoiceResponse["gather"]>[0];

/** A part of TwiML that can contain speech and sounds: a response, or a `<Gather>`. */
interface StepSpeaker extends Speaker {
  play(attributes: { loop?: number }, url: string): unknown;
}

/** Makes the URLs for the next webhooks of a call. */
export interface SessionAddresses {
  /** The public address below which Twilio reaches the app. */
  readonly base: string;
  readonly talkAddress: WriteTalkAddress;
}

/** Writes the TwiML for the next instruction of a call that automations control. */
export async function callTwiml(action: TwimlInstruction, addresses: SessionAddresses): Promise<string> {
  const response = await newVoiceResponse();
  addInstruction(response, action, addresses);
  return response.toString();
}

/**
 * Adds an instruction, and returns the verb that was added last. Because of this return value, a new kind of
 * instruction without a case here does not compile.
 */
function addInstruction(
  response: VoiceResponse,
  action: TwimlInstruction,
  addresses: SessionAddresses,
): object {
  switch (action.kind) {
    case "step":
      return addStep(response, action, addresses);
    case "hold":
      return addHold(response, action, addresses);
    case "goodbye":
      return addGoodbye(response, action.terms);
    case "scripted": {
      const { callSid, stepId, step, turn } = action;
      const { base, talkAddress } = addresses;
      const next = talkAddress(base, { call: callSid, step: stepId, terms: termsOf(step), turn });
      return addScriptStep(response, step, next);
    }
    case "hang_up":
      return response.hangup();
    case "reject":
      return response.reject({ reason: "busy" });
  }
}

function addStep(
  response: VoiceResponse,
  { callSid, stepId, step, attempt, terms, turn }: Action<"step">,
  { base, talkAddress }: SessionAddresses,
): object {
  const { input, speech, repeat } = step;
  const action = talkAddress(base, { call: callSid, step: stepId, attempt, terms, turn });
  switch (input?.kind) {
    case "gather":
      return speak(response.gather(gathering(input, terms, action)), speech, terms, 1);
    case "forward": {
      speak(response, speech, terms, repeat);
      const dial = { action, method: "POST", timeout: input.ringSeconds, answerOnBridge: true };
      return response.dial(dial).number(input.to);
    }
    case "record":
      speak(response, speech, terms, repeat);
      response.record({
        action,
        method: "POST",
        maxLength: input.mostSeconds,
        timeout: input.answerSeconds,
        finishOnKey: input.finishOnKey,
        recordingStatusCallback: recordingCallbackUrl(base, stepId),
        recordingStatusCallbackEvent: ["completed"],
      });
      // Twilio calls `action` only after a recording. If the caller records nothing, Twilio follows this redirect.
      return response.redirect({ method: "POST" }, action);
    case undefined:
      speak(response, speech, terms, repeat);
      return response.redirect({ method: "POST" }, action);
  }
}

/**
 * Makes the attributes of `<Gather>`. Twilio sends a webhook even without input, so that the automation gets a result.
 */
function gathering(input: Input<"gather">, { language }: SessionTerms, action: string): GatherAttributes {
  const { what, digits, finishOnKey, hints, answerSeconds } = input;
  const inputs = { digits: ["dtmf"], speech: ["speech"], either: ["dtmf", "speech"] } as const;
  const attributes = {
    input: [...inputs[what]],
    action,
    method: "POST",
    actionOnEmptyResult: true,
    timeout: answerSeconds,
    ...(what === "speech" ? {} : { finishOnKey, ...(digits === null ? {} : { numDigits: digits }) }),
    ...(what === "digits"
      ? {}
      : {
          language: escapeXmlText(language),
          speechTimeout: "auto",
          ...(hints.length === 0 ? {} : { hints: escapeXmlText(hints.join(",")) }),
        }),
  };
  // Twilio's types list only the languages that existed at their release. The user may choose a newer language.
  return attributes as GatherAttributes;
}

function speak(speaker: StepSpeaker, speech: Speech, terms: SessionTerms, repeat: number): StepSpeaker {
  switch (speech.kind) {
    case "say":
      sayText(speaker, terms, speech.text, repeat);
      return speaker;
    case "play":
      speaker.play(repeat === 1 ? {} : { loop: repeat }, escapeXmlText(speech.url));
      return speaker;
    case "silent":
      return speaker;
  }
}

/**
 * Adds a pause, and then a redirect to the app. Each redirect has its own URL, so that the app recognizes repeated
 * webhooks.
 */
function addHold(
  response: VoiceResponse,
  { callSid, pauseSeconds, terms, silentSince, turn, holds }: Action<"hold">,
  { base, talkAddress }: SessionAddresses,
): object {
  response.pause({ length: pauseSeconds });
  const address = talkAddress(base, { call: callSid, step: "hold", terms, silentSince, turn, holds });
  return response.redirect({ method: "POST" }, address);
}

function addGoodbye(response: VoiceResponse, terms: Pick<SessionTerms, "language" | "voice">): object {
  const { text, language } = goodbyeIn(terms.language);
  // A voice speaks only its own language. If the goodbye is in another one, Twilio must choose the voice.
  sayText(response, { language, voice: language === terms.language ? terms.voice : null }, text);
  return response.hangup();
}
