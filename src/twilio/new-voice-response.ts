import type VoiceResponseClass from "twilio/lib/twiml/VoiceResponse.js";

export type VoiceResponse = VoiceResponseClass;

/** An empty document; Twilio's builder is loaded when first needed. */
export async function newVoiceResponse(): Promise<VoiceResponse> {
  const { default: VoiceResponse } = await import("twilio/lib/twiml/VoiceResponse.js");
  return new VoiceResponse();
}
