import type { Forward } from "../twiml/ask-dial.ts";
import type { TwimlProblem } from "../twiml/parse-twiml.ts";
import type { MadeRequest } from "../webhooks/request-webhook.ts";
import type { WebhookAnswer } from "../webhooks/send-webhook.ts";
import type { ForwardStatus, Sound } from "./caller-act.ts";

/**
 * A call that executes TwiML, with the person on the phone. Time passes only by the test: an open Gather or Record waits
 * until keys, words, a recording or `stayQuiet` end it. An action of the person waits at most 5 s for a verb that accepts
 * it, and rejects without one.
 */
export interface SimulatedCall {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly direction: string;
  /** Twilio's CallStatus: `ringing`, `in-progress`, `completed`, `busy`, `no-answer`, … */
  readonly state: string;
  readonly waitingFor: "gather" | "record" | "dial" | "response" | "nothing";
  readonly sounds: readonly Sound[];
  /** The spoken texts. */
  readonly said: readonly string[];
  /** The requests for TwiML. */
  readonly requests: readonly MadeRequest[];
  /** The callbacks about statuses, recordings and who answered. */
  readonly callbacks: readonly MadeRequest[];
  /** The received TwiML. */
  readonly documents: readonly string[];
  /** The answers to `requests`, without those that were not answered. */
  readonly answers: readonly WebhookAnswer[];
  /** The entries of this call in Twilio's debugger; empty without errors. */
  readonly notes: readonly TwimlProblem[];
  /** Presses keys one after the other. `stayQuiet` ends a Gather without a finishing key. */
  press(keys: string): Promise<void>;
  /** Says words to a Gather for speech. */
  speak(words: string, confidence?: number): Promise<void>;
  /** Lets the time of an open Gather, Record or unanswered Dial run out. */
  stayQuiet(): Promise<void>;
  /** Speaks to a Record for so many seconds. Then silence or a key ends it. */
  record(seconds: number, key?: string): Promise<void>;
  /** The number to which the call was forwarded last. */
  forwarded(): Forward | null;
  /** Answers at the forwarded end, as does `endForward` with `completed`. */
  pickUpForward(): Promise<void>;
  endForward(status: ForwardStatus, seconds?: number): Promise<void>;
  /**
   * Hangs up at once. Resolves when the status callback, if any, is answered. `after`: the seconds of an open Record or
   * Dial.
   */
  hangUp(told?: { readonly after?: number }): Promise<void>;
  /** Resolves when the condition is true. Rejects after `timeoutMs`, by default a minute. */
  until(isSo: (call: SimulatedCall) => boolean, timeoutMs?: number): Promise<void>;
  /** Resolves when the call has ended and its status callback, if any, is answered. */
  over(timeoutMs?: number): Promise<void>;
}

/** Describes a sound in words. */
export function inWords(sound: Sound): string {
  if ("say" in sound) return `"${sound.say}" (${sound.language})`;
  if ("play" in sound) return `the sound ${sound.play}`;
  if ("tones" in sound) return `the tones ${sound.tones}`;
  if ("beep" in sound) return "a beep";
  if ("dial" in sound) return `ringing at ${sound.dial}`;
  if ("rejected" in sound)
    return sound.rejected === "busy" ? "the busy tone" : "that the number is not in service";
  return "We are sorry, an application error has occurred";
}
