import { xmlText } from "./xml-text.ts";

/** A document that speaks `text` in `language` (`de-DE`) and hangs up. */
export async function spokenTwiml(text: string, language: string): Promise<string> {
  const { default: VoiceResponse } = await import("twilio/lib/twiml/VoiceResponse.js");
  const response = new VoiceResponse();
  // Twilio's typings list the languages of some day; the option may name a newer one.
  response.say({ language: language as "en-US" }, xmlText(text));
  response.hangup();
  return response.toString();
}
