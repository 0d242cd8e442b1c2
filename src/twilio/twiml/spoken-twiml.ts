import { loadVoiceResponses, newVoiceResponse } from "./text.ts";
import { escapeXmlText } from "./text.ts";

export interface SpokenText {
  readonly say: string;
  /** The language, such as `de-DE`. */
  readonly language: string;
  /** `alice`, `Polly.Vicki` and so on; without it, Twilio chooses the voice. */
  readonly voice?: string;
  readonly repeat?: number;
}

/** Creates TwiML that speaks a text and hangs up. */
export async function spokenTwiml({ say, language, voice, repeat }: SpokenText): Promise<string> {
  const response = await newVoiceResponse();
  // Twilio's types list the languages and voices of their release. The user may choose a newer one.
  const how = { language, ...(voice === undefined ? {} : { voice }), ...loop(repeat) };
  response.say(how as Parameters<typeof response.say>[0], escapeXmlText(say));
  response.hangup();
  return response.toString();
}

/** Creates TwiML that plays a sound and hangs up. `repeat`: how often, once by default. */
export async function playedTwiml(url: string, repeat?: number): Promise<string> {
  const response = await newVoiceResponse();
  response.play(loop(repeat), escapeXmlText(url));
  response.hangup();
  return response.toString();
}

/** Makes a function that writes TwiML which connects a call with a number. `callerId`: the number that is shown there. */
export async function connectedTwimlWriter(number: string): Promise<(callerId: string) => string> {
  const newResponse = await loadVoiceResponses();
  return (callerId) => {
    const response = newResponse();
    response.dial({ answerOnBridge: true, ...(callerId.startsWith("+") ? { callerId } : {}) }).number(number);
    return response.toString();
  };
}

function loop(repeat: number | undefined) {
  return repeat === undefined || repeat === 1 ? {} : { loop: repeat };
}
