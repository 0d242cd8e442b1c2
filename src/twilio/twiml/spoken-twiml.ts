import { sayText } from "./say-text.ts";
import { loadVoiceResponses, newVoiceResponse } from "./text.ts";
import { escapeXmlText } from "./text.ts";

export interface SpokenText {
  readonly say: string;
  /** The language, such as `de-DE`. */
  readonly language: string;
  /** The voice, such as `alice` or `Polly.Vicki`. Without it, Twilio chooses the voice. */
  readonly voice?: string;
  readonly repeat?: number;
}

/** Writes TwiML that speaks a text and hangs up. */
export async function spokenTwiml({ say, language, voice, repeat }: SpokenText): Promise<string> {
  const response = await newVoiceResponse();
  sayText(response, { language, voice: voice ?? null }, say, repeat);
  response.hangup();
  return response.toString();
}

/** Writes TwiML that plays a sound and hangs up. `repeat` is how often the sound is played. */
export async function playedTwiml(url: string, repeat = 1): Promise<string> {
  const response = await newVoiceResponse();
  response.play(repeat === 1 ? {} : { loop: repeat }, escapeXmlText(url));
  response.hangup();
  return response.toString();
}

/**
 * Creates a function that writes TwiML which connects a call with `number`. The phone with this number shows
 * `callerId`.
 */
export async function connectedTwimlWriter(number: string): Promise<(callerId: string) => string> {
  const newResponse = await loadVoiceResponses();
  return (callerId) => {
    const response = newResponse();
    response.dial({ answerOnBridge: true, ...(callerId.startsWith("+") ? { callerId } : {}) }).number(number);
    return response.toString();
  };
}
