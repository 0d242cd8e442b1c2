import type { Parties } from "../domain/events/event.ts";
import type { SendStatus } from "../domain/events/send-status.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { LineAction } from "./instruction.ts";
import { watchStep, type WatchStepOptions } from "./poll-call-status.ts";
import { NOTHING_ENTERED, talkError, type EndedBy, type TalkAnswer } from "./step-result.ts";
import type { LineTerms, TalkStep } from "./step.ts";

/** What is open on a line: `isGiven` where Twilio was told it. */
export interface Open {
  readonly step: OpenStep;
  readonly closed: AbortController;
  isGiven: boolean;
  /** How many times Twilio failed on it. */
  interruptions: number;
}

export interface StepSlotOptions extends Pick<
  WatchStepOptions,
  "askStatus" | "isInTouch" | "takeOver" | "wait"
> {
  /** Whether Twilio waits for the app's answer, or comes back for it soon. */
  readonly isHeld: () => boolean;
  readonly onEnded: (status: SendStatus) => void;
  readonly isStopping: () => boolean;
  readonly now: () => number;
}

/** The place for the one step that can be open on a call, until it is done, its time is up, or the call is over. */
export function createStepSlot({ isHeld, isStopping, now, ...options }: StepSlotOptions) {
  let open: Open | null = null;

  function close(done: Open, answer: TalkAnswer, error: ReportedError | null): Promise<void> {
    if (open === done) open = null;
    done.closed.abort();
    return done.step.end(answer, error);
  }

  async function expire(present: Open, deadline: number): Promise<void> {
    await options.wait(Math.max(0, deadline - now()), present.closed.signal);
    if (open === present && !isStopping()) await close(present, NOTHING_ENTERED, talkError("timeout"));
  }

  return {
    present: (): Open | null => open,
    close,
    put(step: OpenStep): void {
      const present = { step, closed: new AbortController(), isGiven: step.wasGiven, interruptions: 0 };
      open = present;
      if (step.deadline !== null) void expire(present, step.deadline);
      void watchStep(
        {
          ...options,
          input: step.step.input,
          isOurs: () => present.isGiven || isHeld(),
          onUnknown: () => void close(present, NOTHING_ENTERED, talkError("call_unknown")),
        },
        present.closed.signal,
      ).catch(() => undefined);
    },
  };
}

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
