import type { SessionTerms } from "../../calls/step.ts";
import { escapeXmlText, splitText } from "./text.ts";
import type { VoiceResponse } from "./text.ts";

type SayAttributes = Parameters<VoiceResponse["say"]>[0];

/** A part of TwiML that can contain speech: a response, or a `<Gather>`. */
export interface Speaker {
  say(attributes: SayAttributes, text: string): unknown;
}

/**
 * Adds a text that is spoken `times` times, in parts that every voice can speak. Otherwise Twilio ends the call with an
 * error in place of a long text, or of a shorter one in Cyrillic or Hebrew letters. A short text gets the attribute
 * `loop`, which keeps the TwiML short. A text of several parts is added repeatedly.
 */
export function sayText(
  speaker: Speaker,
  { language, voice }: Pick<SessionTerms, "language" | "voice">,
  text: string,
  times = 1,
): void {
  const parts = splitText(text);
  const isRepeated = parts.length === 1 && times > 1;
  // Twilio's types list only the languages and voices that existed at their release. The user may choose newer ones.
  const attributes = {
    language: escapeXmlText(language),
    ...(voice === null ? {} : { voice: escapeXmlText(voice) }),
    ...(isRepeated ? { loop: times } : {}),
  } as SayAttributes;
  for (let time = 0; time < (isRepeated ? 1 : times); time += 1)
    for (const part of parts) speaker.say(attributes, part);
}
