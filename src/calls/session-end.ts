import type { Clock } from "../domain/clock.ts";
import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import type { PendingStep } from "./active-step.ts";
import type { createActiveStep, ActiveStep } from "./active-step.ts";
import type { SessionInstruction } from "./instruction.ts";
import { EMPTY_STEP_RESULT, talkError } from "./step-result.ts";
import type { EndedBy, TalkErrorCode } from "./step-result.ts";

/**
 * Grace period in milliseconds: Twilio may report the last input or recording after it has reported the end of the
 * call.
 */
const LAST_WORDS_MS = 2_000;

export interface SessionEndOptions {
  readonly activeStep: Pick<ReturnType<typeof createActiveStep>, "current" | "close">;
  /** Keeps who ended the call. */
  readonly saveEndedBy: (by: EndedBy) => Promise<void>;
  /** Lets the requests that are held look again. */
  readonly wakeAll: () => void;
  readonly clock: Clock;
}

/** Handles the end of a call, which happens once: records who ended it and closes the open step. */
export function createSessionEnd({ activeStep, saveEndedBy, wakeAll, clock }: SessionEndOptions) {
  let ended: EndedBy | null = null;
  /** Repeated if Twilio did not receive it and asks again through the number's fallback address. */
  let action: SessionInstruction = { kind: "hang_up" };

  function end(by: EndedBy): void {
    if (ended !== null) return;
    ended = by;
    void saveEndedBy(by).catch(() => undefined);
    wakeAll();
    const present = activeStep.current();
    if (present !== null) void lastWords(present, by);
  }

  async function lastWords(present: ActiveStep, by: EndedBy): Promise<void> {
    const isTold = present.isSentToTwilio && present.step.step.input !== null;
    if (isTold && by === "caller") await clock.wait(LAST_WORDS_MS, present.closed.signal);
    if (activeStep.current() !== present) return;
    await activeStep.close(
      present,
      { ...EMPTY_STEP_RESULT, ended: by },
      by === "error" ? talkError("failed") : null,
    );
  }

  return {
    endedBy: (): EndedBy | null => ended,
    end,
    /** What Twilio is told on a call that is over; null while it goes on. */
    instruction: (): SessionInstruction | null => (ended === null ? null : action),
    /** The app ends the call in this way. */
    endWith(last: SessionInstruction): SessionInstruction {
      action = last;
      end("app");
      return last;
    },
    endByStatus({ status }: DeliveryStatus): void {
      end(status === "failed" ? "error" : "caller");
    },
    /** Restores what an earlier process has written to disk. */
    restore(by: EndedBy): void {
      ended = by;
    },
    /** Ends a step that comes after the call's end. Null where that is no error: the caller has hung up. */
    async refuseStep(step: PendingStep, by: EndedBy): Promise<TalkErrorCode | null> {
      const code = refusalAfterEnd(by);
      await step.end({ ...EMPTY_STEP_RESULT, ended: by }, code === null ? null : talkError(code));
      return code;
    },
  };
}

/** Why no step takes place after the end; null where that is no error. */
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
