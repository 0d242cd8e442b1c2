import type { Forward } from "../twiml/ask-dial.ts";
import type { TwimlProblem } from "../twiml/parse-twiml.ts";
import type { MadeRequest } from "../webhooks/request-webhook.ts";
import type { WebhookAnswer } from "../webhooks/send-webhook.ts";
import type { ForwardStatus, Heard } from "./caller-act.ts";

/**
 * A call that executes TwiML, and the person on the phone. Time only passes when a test says so: an open Gather or
 * Record waits until keys, words, a recording or `stayQuiet` end it. What the person does waits, for at most 5 s, until
 * somebody takes it, and rejects if nobody does.
 */
export interface SimulatedCall {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly direction: string;
  /** Twilio's CallStatus: `ringing`, `in-progress`, `completed`, `busy`, `no-answer`, … */
  readonly state: string;
  readonly waitingFor: "gather" | "record" | "dial" | "response" | "nothing";
  readonly heard: readonly Heard[];
  /** The texts of what was heard. */
  readonly said: readonly string[];
  /** For TwiML. */
  readonly requests: readonly MadeRequest[];
  /** About statuses, recordings and who answered. */
  readonly callbacks: readonly MadeRequest[];
  /** The TwiML that came, as it came. */
  readonly documents: readonly string[];
  /** What each of `requests` that was answered at all was answered with. */
  readonly answers: readonly WebhookAnswer[];
  /** What stands in the owner's debugger because of this call; empty if all is well. */
  readonly notes: readonly TwimlProblem[];
  /** Presses keys one after the other; those of a Gather without an end go on with `stayQuiet`. */
  press(keys: string): Promise<void>;
  /** Says words to a Gather that listens. */
  speak(words: string, confidence?: number): Promise<void>;
  /** Lets the time of an open Gather, Record or unanswered Dial run out. */
  stayQuiet(): Promise<void>;
  /** Speaks to a Record for so many seconds; then silence or a key ends it. */
  record(seconds: number, key?: string): Promise<void>;
  /** To whom the call was passed on last. */
  forwarded(): Forward | null;
  /** Somebody at the forwarded end picks up; `endForward` with `completed` does it, too. */
  pickUpForward(): Promise<void>;
  endForward(status: ForwardStatus, seconds?: number): Promise<void>;
  /**
   * Hangs up, at once; resolves when the status callback, if any, is answered. A Record has then heard `after` seconds,
   * a Dial has lasted them.
   */
  hangUp(told?: { readonly after?: number }): Promise<void>;
  /** Resolves when it holds, after any change to the call; rejects after `timeoutMs`, a minute if not given. */
  until(isSo: (call: SimulatedCall) => boolean, timeoutMs?: number): Promise<void>;
  /** Resolves when the call is over and its status callback, if any, is answered. */
  over(timeoutMs?: number): Promise<void>;
}

/** In words, without what is only known to machines. */
export function inWords(heard: Heard): string {
  if ("say" in heard) return `"${heard.say}" (${heard.language})`;
  if ("play" in heard) return `the sound ${heard.play}`;
  if ("tones" in heard) return `the tones ${heard.tones}`;
  if ("beep" in heard) return "a beep";
  if ("dial" in heard) return `ringing at ${heard.dial}`;
  if ("rejected" in heard)
    return heard.rejected === "busy" ? "the busy tone" : "that the number is not in service";
  return "We are sorry, an application error has occurred";
}
