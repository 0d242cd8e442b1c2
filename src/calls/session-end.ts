import type { Clock } from "../domain/clock.ts";
import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import { isFinalCallStatus } from "../domain/events/webhook.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { PendingStep } from "./active-step.ts";
import type { createActiveStep, ActiveStep } from "./active-step.ts";
import type { SessionInstruction } from "./instruction.ts";
import { EMPTY_STEP_RESULT, talkError } from "./step-result.ts";
import type { EndedBy, TalkErrorCode } from "./step-result.ts";

/**
 * After the end of a call, the app waits this long for its last input or recording, in milliseconds. Twilio may report
 * them later than the end.
 */
const GRACE_PERIOD_MS = 2_000;

export interface SessionEndOptions {
  readonly activeStep: Pick<ReturnType<typeof createActiveStep>, "current" | "close">;
  /** Stores who ended the call. */
  readonly saveEndedBy: (by: EndedBy) => Promise<void>;
  /** Makes the app decide again about its answer to each webhook that it holds. */
  readonly wakeAll: () => void;
  readonly clock: Clock;
}

/**
 * Creates the part that ends a call: it stores who ended the call, and ends the step that is open. A call ends only one
 * time.
 */
export function createSessionEnd({ activeStep, saveEndedBy, wakeAll, clock }: SessionEndOptions) {
  let ended: EndedBy | null = null;
  /**
   * The last answer to Twilio on this call. It is sent again if Twilio did not get it and requests the fallback URL.
   */
  let action: SessionInstruction = { kind: "hang_up" };

  function end(by: EndedBy): void {
    if (ended !== null) return;
    ended = by;
    void saveEndedBy(by).catch(() => undefined);
    wakeAll();
    const present = activeStep.current();
    if (present !== null) void endAfterGracePeriod(present, by);
  }

  async function endAfterGracePeriod(present: ActiveStep, by: EndedBy): Promise<void> {
    const mayReportInput = present.isSentToTwilio && present.step.step.input !== null;
    if (mayReportInput && by === "caller") await clock.wait(GRACE_PERIOD_MS, present.closed.signal);
    if (activeStep.current() !== present) return;
    await activeStep.close(present, { ...EMPTY_STEP_RESULT, ended: by }, errorOfOpenStep(by));
  }

  function endByStatus({ status }: DeliveryStatus): void {
    end(status === "failed" ? "error" : "caller");
  }

  async function refuseStep(step: PendingStep, by: EndedBy): Promise<TalkErrorCode | null> {
    const code = refusalAfterEnd(by);
    await step.end({ ...EMPTY_STEP_RESULT, ended: by }, code === null ? null : talkError(code));
    return code;
  }

  return {
    endedBy: (): EndedBy | null => ended,
    end,
    /** The last answer to Twilio on a call that has ended; null while the call is in progress. */
    instruction: (): SessionInstruction | null => (ended === null ? null : action),
    /** Ends the call. `last`: the last answer to Twilio, which is also returned. */
    endWith(last: SessionInstruction): SessionInstruction {
      action = last;
      end("app");
      return last;
    },
    endByStatus,
    /** Marks a call as ended that had ended before the app started. The journal says who ended it. */
    restore(by: EndedBy): void {
      ended = by;
    },
    /**
     * Ends a step that an automation sends after the end of the call. Resolves with the code of the step's error. The
     * code is null if the caller has hung up, because a hang-up is not an error.
     */
    refuseStep,
    /**
     * Ends a step that had no result at its deadline. `status` is the call's status at Twilio; null if Twilio did not
     * report one.
     */
    async endOverdueStep(step: PendingStep, status: DeliveryStatus | null): Promise<void> {
      if (status !== null && isFinalCallStatus(status.status)) endByStatus(status);
      if (ended === null) await step.end(EMPTY_STEP_RESULT, talkError("timeout"));
      else await refuseStep(step, ended);
    },
  };
}

/**
 * The error for an automation whose step was open when the call ended. Null if the caller or the app ended the call.
 */
function errorOfOpenStep(by: EndedBy): ReportedError | null {
  switch (by) {
    case "caller":
    case "app":
      return null;
    case "not_reached":
      return talkError("not_reached");
    case "error":
      return talkError("failed");
  }
}

/** The error for an automation that sends a step after the end of the call. Null if the caller has hung up. */
function refusalAfterEnd(by: EndedBy): TalkErrorCode | null {
  switch (by) {
    case "caller":
      return null;
    case "app":
    case "not_reached":
      return "call_ended";
    case "error":
      return "failed";
  }
}
