import type { Parties } from "../domain/inbound-event.ts";
import type { LineAction } from "../domain/line-action.ts";
import type { Logger } from "../domain/logger.ts";
import type { SendStatus } from "../domain/send-status.ts";
import type { EndedBy, TalkAnswer } from "../domain/talk-answer.ts";
import type { LineTerms, TalkStep } from "../domain/talk-step.ts";
import type { ReportedError } from "../domain/twilio-error.ts";

/** A step that an automation waits for. */
export interface OpenStep {
  readonly stepId: string;
  /** Resolves with what can be given to Twilio: sounds of the house have an address then. Rejects never. */
  readonly ready: Promise<
    { readonly ok: true; readonly step: TalkStep } | { readonly ok: false; readonly error: ReportedError }
  >;
  readonly step: TalkStep;
  readonly terms: LineTerms;
  /** Milliseconds since 1970; null for none. */
  readonly deadline: number | null;
  /** Whether Twilio was told it before this app started. */
  readonly wasGiven: boolean;
  /** Whether it is what a call of ours begins with: nobody else can say anything before. */
  readonly isOpening: boolean;
  /** On disk when it resolves. */
  readonly markGiven: (parties: Parties) => Promise<void>;
  /** On disk when it resolves: whoever asked for the step is told. Rejects never. */
  readonly end: (answer: TalkAnswer, error: ReportedError | null) => Promise<void>;
}

/** What the story of one call needs. */
export interface SteerLineOptions {
  /** What Twilio says of the call: null where it cannot be asked, `unknown` where it knows no such call. */
  readonly askStatus: (callSid: string) => Promise<SendStatus | "unknown" | null>;
  /** Makes a call that goes on without us ask what comes next; false where it cannot. */
  readonly takeOver: (action: Extract<LineAction, { readonly kind: "hold" }>) => Promise<boolean>;
  /** Keeps who ended the call. */
  readonly noteEnded: (callSid: string, by: EndedBy) => Promise<void>;
  readonly isStopping: () => boolean;
  /** Resolves after `ms`, or early when `signal` aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly logger: Logger;
}
