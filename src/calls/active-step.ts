import type { Clock } from "../domain/clock.ts";
import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import type { CallParties } from "../domain/events/outgoing-event.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import { withinTime } from "../domain/within-time.ts";
import { pollCallStatus, type PollCallStatusOptions } from "./poll-call-status.ts";
import type { CallJournal, LiveCalls } from "./ports.ts";
import { EMPTY_STEP_RESULT, talkError, type StepResult } from "./step-result.ts";
import type { SessionTerms, TalkStep } from "./step.ts";

/**
 * After a step's deadline, the app asks Twilio whether the call is over, and waits at most this long for the answer, in
 * milliseconds. The script waits for the result until two seconds after the deadline, so the app must report the result
 * before that.
 */
const LAST_STATUS_MS = 1_500;

/** The step that is open on a call. A step is what the app says or plays, and the input that it then waits for. */
export interface ActiveStep {
  readonly step: PendingStep;
  readonly closed: AbortController;
  /** Whether Twilio has got the step (what the app says and asks) as TwiML. */
  isSentToTwilio: boolean;
  /** How many times an error at Twilio interrupted the step. */
  interruptions: number;
}

export interface ActiveStepOptions extends Pick<
  PollCallStatusOptions,
  "askStatus" | "hasRecentRequest" | "takeOver" | "clock"
> {
  /** Whether Twilio waits for the app's answer to a webhook, or will soon send the next webhook. */
  readonly isHeld: () => boolean;
  readonly onEnded: (status: DeliveryStatus) => void;
  /** Ends a step after its deadline. `status`: the status of the call at Twilio; null if Twilio did not report one. */
  readonly endOverdueStep: (step: PendingStep, status: DeliveryStatus | null) => Promise<void>;
  readonly isStopping: () => boolean;
}

/**
 * Holds the step that is open on a call (what the app says and asks). A call has at most one open step. The step ends
 * when it has a result, at its deadline, or with the call.
 */
export function createActiveStep({ isHeld, isStopping, ...options }: ActiveStepOptions) {
  const { clock } = options;
  let open: ActiveStep | null = null;

  function detach(done: ActiveStep): void {
    if (open === done) open = null;
    done.closed.abort();
  }

  function close(done: ActiveStep, answer: StepResult, error: ReportedError | null): Promise<void> {
    detach(done);
    return done.step.end(answer, error);
  }

  async function expire(present: ActiveStep, deadline: number): Promise<void> {
    await clock.wait(Math.max(0, deadline - clock.now()), present.closed.signal);
    if (open !== present || isStopping()) return;
    detach(present);
    await endOverdue(present.step);
  }

  /**
   * Ends a step after its deadline. First asks Twilio whether the call is over, because the error `timeout` tells the
   * automation that the call continues.
   */
  async function endOverdue(step: PendingStep): Promise<void> {
    const status = await withinTime(options.askStatus(), LAST_STATUS_MS, clock);
    if (!isStopping()) await options.endOverdueStep(step, status === "unknown" ? null : status);
  }

  return {
    current: (): ActiveStep | null => open,
    close,
    open(step: PendingStep): void {
      // The step waited in the journal while Home Assistant was starting or the app was stopped, and is now too late.
      if (step.deadline !== null && step.deadline <= clock.now()) return void endOverdue(step);
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

/** A step (what the app says and asks) that an automation has sent, and for whose result it waits. */
export interface PendingStep {
  readonly stepId: string;
  /**
   * Resolves with the step in its form for Twilio, in which a public URL replaces `media-source://…`. If the sound
   * could not be published, it resolves with the error. Never rejects.
   */
  readonly readyStep: Promise<
    { readonly ok: true; readonly step: TalkStep } | { readonly ok: false; readonly error: ReportedError }
  >;
  readonly step: TalkStep;
  readonly terms: SessionTerms;
  /** When the automation no longer waits for the result, in milliseconds since 1970; null if it waits without limit. */
  readonly deadline: number | null;
  /** Whether Twilio got the step before this start of the app. */
  readonly wasSentToTwilio: boolean;
  /** Whether an outgoing call begins with this step. If it fails, no automation will send another one. */
  readonly isFirstStep: boolean;
  /**
   * Stores that Twilio gets the step. Resolves when that is on disk, or when the app could not store it. Never rejects.
   */
  readonly markSentToTwilio: (parties: CallParties) => Promise<void>;
  /**
   * Stores the result of the step. Resolves when the result is on disk, or when the app could not store it. Never
   * rejects.
   */
  readonly end: (answer: StepResult, error: ReportedError | null) => Promise<void>;
}

/** The functions and data that a call session gets from other parts of the app. */
export interface CallSessionOptions {
  readonly liveCalls: LiveCalls;
  readonly journal: Pick<CallJournal, "saveEndedBy">;
  readonly isStopping: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}
