import type { ScriptStep } from "../../calls/script.ts";
import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "../../calls/step.ts";
import type { SessionTerms } from "../../calls/step.ts";
import { sayText } from "./say-text.ts";
import { loadVoiceResponses } from "./text.ts";
import type { VoiceResponse } from "./text.ts";

/** Writes the TwiML of a step in a call of an alarm. Twilio sends the pressed keys to the URL `action`. */
export type WriteScriptTwiml = (step: ScriptStep, action: string) => string;

/**
 * Creates the writer of TwiML for calls of alarms. A step that waits for keys begins with one second of silence, so
 * that keys pressed while somebody picks up the phone do not count. If nobody presses a key, the call says the text
 * `afterwards` of the step and ends.
 */
export async function scriptTwimlWriter(): Promise<WriteScriptTwiml> {
  const newResponse = await loadVoiceResponses();
  return (step, action) => {
    const response = newResponse();
    addScriptStep(response, step, action);
    return response.toString();
  };
}

/** Adds a step of an alarm's call to the TwiML. Returns the verb that was added last. */
export function addScriptStep(response: VoiceResponse, step: ScriptStep, action: string): object {
  const { keys, say, repeat } = step;
  if (keys === null) {
    sayText(response, step, say, repeat);
    return response.hangup();
  }
  response.pause({ length: 1 });
  const length = keys.digits === 0 ? {} : { numDigits: keys.digits };
  const gather = response.gather({
    input: ["dtmf"],
    action,
    method: "POST",
    timeout: keys.seconds,
    ...length,
  });
  sayText(gather, step, say, repeat);
  if (keys.afterwards !== "") sayText(response, step, keys.afterwards);
  return response.hangup();
}

/**
 * Returns the settings of a call for the URL of its next webhook: the step's language and voice, and the default
 * waiting times.
 */
export function termsOf({ language, voice }: Pick<ScriptStep, "language" | "voice">): SessionTerms {
  return { holdSeconds: DEFAULT_HOLD_SECONDS, silenceSeconds: DEFAULT_SILENCE_SECONDS, language, voice };
}
