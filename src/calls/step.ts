/** A step of a call: what the app says or plays, and the input that it then waits for. */
export interface TalkStep {
  readonly speech: Speech;
  /** The input for which the step waits; null for none. */
  readonly input: TalkInput | null;
  /**
   * How many times the app says the text. A step with the input `gather` asks at most this many times while nothing is
   * entered.
   */
  readonly repeat: number;
  /** The state of the call after the step. `wait`: the app waits for the next step. */
  readonly afterwards: "wait" | "hang_up" | "reject";
}

/** The text or sound of a step. `url`: a URL, or `media-source://…` of Home Assistant. */
export type Speech =
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "play"; readonly url: string }
  | { readonly kind: "silent" };

export type TalkInput =
  | {
      readonly kind: "gather";
      readonly what: "digits" | "speech" | "either";
      /** The highest number of keys for which the step waits; null for any number. */
      readonly digits: number | null;
      /** The key that ends the input. Empty if no key does. */
      readonly finishOnKey: string;
      readonly hints: readonly string[];
      readonly answerSeconds: number;
    }
  | {
      readonly kind: "record";
      readonly mostSeconds: number;
      readonly answerSeconds: number;
      readonly finishOnKey: string;
    }
  | { readonly kind: "forward"; readonly to: string; readonly ringSeconds: number };

/** The settings of a call: how long the app waits for automations, and in which language and voice it speaks. */
export interface SessionTerms {
  /** How long the app lets Twilio wait for an automation's next step, in seconds. Then it answers with a pause. */
  readonly holdSeconds: number;
  /** After this many seconds of silence, the app ends the call. */
  readonly silenceSeconds: number;
  /** The language with its region, as Twilio names it (`de-DE`). */
  readonly language: string;
  /** The voice that speaks; null for Twilio's default voice. */
  readonly voice: string | null;
}

/**
 * Twilio ends every call after this time (four hours), in milliseconds. Source: twilio.com/docs/voice/api/call-resource
 */
export const LONGEST_CALL_MS = 4 * 3_600_000;

export const DEFAULT_HOLD_SECONDS = 8;
export const DEFAULT_SILENCE_SECONDS = 30;
export const DEFAULT_ANSWER_SECONDS = 5;
/**
 * The longest recording in seconds if the automation names none. It limits the price of a recording that nobody ends.
 */
export const DEFAULT_RECORD_SECONDS = 120;

/** The first text and question of an outgoing call that automations continue. */
export interface FirstStep {
  readonly step: TalkStep;
  readonly terms: SessionTerms;
}

export interface FirstStepState extends FirstStep {
  /** Whether the app has sent the step to Twilio. */
  readonly wasSentToTwilio: boolean;
}

/** A step on a call (what the app says and asks), as an automation requested it. */
export interface TalkCommand {
  readonly command: "talk";
  readonly requestId: string;
  /** Where the request came from, for the log. */
  readonly origin: string;
  /** A hash of the payload. If a repeated `request_id` comes with another fingerprint, the app refuses the request. */
  readonly fingerprint: string;
  readonly receivedAt: number;
  /** When the automation no longer waits for the result, in milliseconds since 1970. */
  readonly deadline: number;
  readonly callSid: string;
  /** A random ID that nobody can guess. It is part of the URL to which Twilio sends the input. */
  readonly stepId: string;
  readonly step: TalkStep;
  readonly terms: SessionTerms;
  /** Whether the app has sent the step to Twilio. */
  readonly isSentToTwilio: boolean;
}
