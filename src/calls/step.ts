/** One step of a conversation: what is said or played on a call, and the input that it then waits for. */
export interface TalkStep {
  readonly speech: Speech;
  /** The input that the step waits for; null for none. */
  readonly input: TalkInput | null;
  /** How many times a text is said, or a question is asked if nothing is entered. */
  readonly repeat: number;
  /** What the app does at the end of the step. */
  readonly afterwards: "wait" | "hang_up" | "reject";
}

/** `url`: a URL, or `media-source://…` of Home Assistant. */
export type Speech =
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "play"; readonly url: string }
  | { readonly kind: "silent" };

export type TalkInput =
  | {
      readonly kind: "gather";
      readonly what: "digits" | "speech" | "either";
      /** How many digits to gather; null for any number. */
      readonly digits: number | null;
      /** Empty if no key ends the input. */
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

/** How a call is held between two steps, and in which language and voice the app speaks. */
export interface SessionTerms {
  /** The longest time that a webhook waits for a step, in seconds. */
  readonly holdSeconds: number;
  /** The time of silence after which the app ends the call, in seconds. */
  readonly silenceSeconds: number;
  /** The language with its region, as Twilio names it: `de-DE`. */
  readonly language: string;
  /** The voice that speaks; null for Twilio's default voice. */
  readonly voice: string | null;
}

/**
 * After this time (four hours), Twilio ends every call; in milliseconds. Source:
 * twilio.com/docs/voice/api/call-resource
 */
export const LONGEST_CALL_MS = 4 * 3_600_000;

export const DEFAULT_HOLD_SECONDS = 8;
export const DEFAULT_SILENCE_SECONDS = 30;
export const DEFAULT_ANSWER_SECONDS = 5;
/** Limits the length, and so the price, of a recording that nobody ends. */
export const DEFAULT_RECORD_SECONDS = 120;

/** The first step of an outgoing call that automations continue. */
export interface FirstStep {
  readonly step: TalkStep;
  readonly terms: SessionTerms;
}

export interface FirstStepState extends FirstStep {
  /** Whether Twilio has received the step. */
  readonly wasSentToTwilio: boolean;
}

/** One step on one call, as an automation requested it. */
export interface TalkCommand {
  readonly command: "talk";
  readonly requestId: string;
  /** What sent the request, for the log. */
  readonly origin: string;
  /** Equal for repetitions of the same request. */
  readonly fingerprint: string;
  readonly receivedAt: number;
  /** The deadline of the step, in milliseconds since 1970. */
  readonly deadline: number;
  readonly callSid: string;
  /** Unguessable; part of the URL to which Twilio sends the input. */
  readonly stepId: string;
  readonly step: TalkStep;
  readonly terms: SessionTerms;
  /** Whether Twilio has received the step. */
  readonly isSentToTwilio: boolean;
}
