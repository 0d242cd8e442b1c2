/** What is heard on a call, and what is waited for then: one step of a conversation. */
export interface TalkStep {
  readonly speech: Speech;
  /** What the other end is to enter or do; null where it is only told something. */
  readonly input: TalkInput | null;
  /** How often it is said, or asked where nothing was entered. */
  readonly repeat: number;
  /** Once that is done. */
  readonly afterwards: "wait" | "hang_up" | "reject";
}

/** `url`: an address, or `media-source://…`. */
export type Speech =
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "play"; readonly url: string }
  | { readonly kind: "silent" };

export type TalkInput =
  | {
      readonly kind: "gather";
      readonly what: "digits" | "speech" | "either";
      /** How many digits; null for any number. */
      readonly digits: number | null;
      /** Empty where no key ends the input. */
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

/** How the line is kept while nobody says what comes next. Times in seconds. */
export interface SessionTerms {
  /** Twilio's request is held open for so long at most. */
  readonly holdSeconds: number;
  /** The caller hears nothing for so long at most; then the call is ended. */
  readonly silenceSeconds: number;
  /** As Twilio names it: `de-DE`. */
  readonly language: string;
  /** Null for Twilio's choice. */
  readonly voice: string | null;
}

/** Twilio ends every call after four hours, in milliseconds. Source: twilio.com/docs/voice/api/call-resource */
export const LONGEST_CALL_MS = 4 * 3_600_000;

export const DEFAULT_HOLD_SECONDS = 8;
export const DEFAULT_SILENCE_SECONDS = 30;
export const DEFAULT_ANSWER_SECONDS = 5;
/** Nobody waits for an answer of several minutes, and neither does a recording of nobody. */
export const DEFAULT_RECORD_SECONDS = 120;

/** What a call that the app makes begins with, where an automation goes on with it. */
export interface FirstStep {
  readonly step: TalkStep;
  readonly terms: SessionTerms;
}

export interface FirstStepState extends FirstStep {
  /** Whether Twilio was told it. */
  readonly wasSentToTwilio: boolean;
}

/** One step on one call, as an automation asked for it. */
export interface TalkCommand {
  readonly command: "talk";
  readonly requestId: string;
  /** Who asked, for people. */
  readonly origin: string;
  /** Equal for the same step asked for again. */
  readonly fingerprint: string;
  readonly receivedAt: number;
  /** Milliseconds since 1970: by then it is answered. */
  readonly deadline: number;
  readonly callSid: string;
  /** Unguessable; stands in the address to which Twilio brings what was entered. */
  readonly stepId: string;
  readonly step: TalkStep;
  readonly terms: SessionTerms;
  /** Whether Twilio has been told it. */
  readonly isSentToTwilio: boolean;
}
