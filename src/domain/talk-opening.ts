import type { LineTerms, TalkStep } from "./talk-step.ts";

/** What a call that the app makes begins with, where an automation goes on with it. */
export interface Opening {
  readonly step: TalkStep;
  readonly terms: LineTerms;
}

export interface OpenedOpening extends Opening {
  /** Whether Twilio was told it. */
  readonly wasHeard: boolean;
}
