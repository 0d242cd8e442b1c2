import type { Clock } from "../domain/clock.ts";
import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import type { CallParties } from "../domain/events/outgoing-event.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import { pollCallStatus, type PollCallStatusOptions } from "./poll-call-status.ts";
import type { CallJournal, LiveCalls } from "./ports.ts";
import { EMPTY_STEP_RESULT, talkError, type StepResult } from "./step-result.ts";
import type { SessionTerms, TalkStep } from "./step.ts";

/** The step that is open on a call. */
export interface ActiveStep {
  readonly step: PendingStep;
  readonly closed: AbortController;
  /** Whether Twilio has received the step. */
  isSentToTwilio: boolean;
  /** How many times Twilio failed on the step. */
  interruptions: number;
}

export interface ActiveStepOptions extends Pick<
  PollCallStatusOptions,
  "askStatus" | "hasRecentRequest" | "takeOver" | "clock"
> {
  /** Whether Twilio waits for an answer of the app, or will send a webhook soon. */
  readonly isHeld: () => boolean;
  readonly onEnded: (status: DeliveryStatus) => void;
  readonly isStopping: () => boolean;
}

/** Holds the one step that can be open on a call, until it is done, its deadline has passed, or the call has ended. */
export function createActiveStep({ isHeld, isStopping, ...options }: ActiveStepOptions) {
  const { clock } = options;
  let open: ActiveStep | null = null;

  function close(done: ActiveStep, answer: StepResult, error: ReportedError | null): Promise<void> {
    if (open === done) open = null;
    done.closed.abort();
    return done.step.end(answer, error);
  }

  async function expire(present: ActiveStep, deadline: number): Promise<void> {
    await clock.wait(Math.max(0, deadline - clock.now()), present.closed.signal);
    if (open === present && !isStopping()) await close(present, EMPTY_STEP_RESULT, talkError("timeout"));
  }

  return {
    current: (): ActiveStep | null => open,
    close,
    open(step: PendingStep): void {
      const present = {
        step,
        closed: new AbortController(),
        isSentToTwilio: step.wasSentToTwilio,
        interruptions: 0,
      };
      open = present;
      if (step.deadline !== null) void expire(present, step.deadline);
      void pollCallStatus(
        {
          ...options,
          input: step.step.input,
          isControlledByApp: () => present.isSentToTwilio || isHeld(),
          onUnknown: () => void close(present, EMPTY_STEP_RESULT, talkError("call_unknown")),
        },
        present.closed.signal,
      ).catch(() => undefined);
    },
  };
}

/** A step that an automation waits for. */
export interface PendingStep {
  readonly stepId: string;
  /**
   * The step with public URLs in place of `media-source://…`, or why its media could not be published. Never rejects.
   */
  readonly readyStep: Promise<
    { readonly ok: true; readonly step: TalkStep } | { readonly ok: false; readonly error: ReportedError }
  >;
  readonly step: TalkStep;
  readonly terms: SessionTerms;
  /** The deadline of the step, in milliseconds since 1970; null for none. */
  readonly deadline: number | null;
  /** Whether Twilio had received the step before this app started. */
  readonly wasSentToTwilio: boolean;
  /** Whether an outgoing call begins with this step. No automation can send another one before it. */
  readonly isFirstStep: boolean;
  /** Resolves when the change is on disk. */
  readonly markSentToTwilio: (parties: CallParties) => Promise<void>;
  /** Stores the result of the step. Resolves when the result is on disk; never rejects. */
  readonly end: (answer: StepResult, error: ReportedError | null) => Promise<void>;
}

/** What one call session needs. */
export interface CallSessionOptions {
  readonly liveCalls: LiveCalls;
  readonly journal: Pick<CallJournal, "saveEndedBy">;
  readonly isStopping: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}
