import type { ScriptStep } from "../../calls/script.ts";
import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "../../calls/step.ts";
import type { SessionTerms } from "../../calls/step.ts";
import { loadVoiceResponses, splitText } from "./text.ts";
import type { VoiceResponse } from "./text.ts";

type SayAttributes = Parameters<VoiceResponse["say"]>[0];

/** A part of TwiML that can speak: a response, or a `<Gather>`. */
interface Speaker {
  say(attributes: SayAttributes, text: string): unknown;
}

/** Writes the document of a step. `action`: where Twilio sends the keys. */
export type WriteScriptTwiml = (step: ScriptStep, action: string) => string;

/**
 * Creates the writer of documents for steps of scripts. A question comes after one second of silence, because keys that
 * are pressed while a phone is picked up must not count. After the question, the text is said again without a question.
 */
export async function scriptTwimlWriter(): Promise<WriteScriptTwiml> {
  const newResponse = await loadVoiceResponses();
  return (step, action) => {
    const response = newResponse();
    addScriptStep(response, step, action);
    return response.toString();
  };
}

/** Adds a step to a document. Returns the verb that was added last. */
export function addScriptStep(response: VoiceResponse, step: ScriptStep, action: string): object {
  const { keys, say, repeat } = step;
  if (keys === null) {
    speak(response, step, say, repeat);
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
  speak(gather, step, say, repeat);
  speak(response, step, keys.afterwards, 1);
  return response.hangup();
}

/** Adds `text` to the TwiML, `times` times. A text of one part gets the attribute `loop`, so that the TwiML stays short. */
function speak(speaker: Speaker, { language, voice }: ScriptStep, text: string, times: number): void {
  if (text === "") return;
  const parts = splitText(text);
  const isRepeated = parts.length === 1 && times > 1;
  const attributes = {
    language,
    ...(voice === null ? {} : { voice }),
    ...(isRepeated ? { loop: times } : {}),
  } as SayAttributes;
  for (let time = 0; time < (isRepeated ? 1 : times); time += 1)
    for (const part of parts) speaker.say(attributes, part);
}

/** The terms of a script's step, for the URL of its next webhook. */
export function termsOf({ language, voice }: Pick<ScriptStep, "language" | "voice">): SessionTerms {
  return { holdSeconds: DEFAULT_HOLD_SECONDS, silenceSeconds: DEFAULT_SILENCE_SECONDS, language, voice };
}
