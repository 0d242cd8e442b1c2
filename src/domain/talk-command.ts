import type { LineTerms, TalkStep } from "./talk-step.ts";

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
  readonly terms: LineTerms;
  /** Whether Twilio has been told it. */
  readonly isGiven: boolean;
}
