import { EMPTY_STEP_RESULT, talkError } from "../../calls/step-result.ts";
import type { GatheredInput } from "../../calls/step-result.ts";
import type { FirstStepJournal, StatusJournal } from "../ports.ts";
import type { DeliveryWait, ReachedStatus } from "./await-status.ts";
import { hasFirstStep } from "./message-or-call.ts";

export interface AwaitInputOptions {
  /** Waits until a delivery (one message or call) has the status that the automation waits for. */
  readonly statusWait: DeliveryWait;
  readonly statuses: StatusJournal;
  readonly firstSteps: FirstStepJournal;
}

export interface InputWait extends DeliveryWait {
  /**
   * Called when the first step of a call (what the app says and asks) has a result. `reference`: the secret reference
   * of the call's delivery.
   */
  inputGathered(reference: string): void;
}

/**
 * Waits until a delivery (one message or call) has the status that the automation waits for. For a call with a first
 * step, it waits until this step has a result, or until the call has ended.
 */
export function createInputWait({ statusWait, statuses, firstSteps }: AwaitInputOptions): InputWait {
  const waiting = new Map<string, () => void>();

  return {
    inputGathered: (reference) => waiting.get(reference)?.(),
    async waitForStatus(sid, request, waitFor, signal, reference) {
      if (!hasFirstStep(request))
        return await statusWait.waitForStatus(sid, request, waitFor, signal, reference);
      const entered = new AbortController();
      waiting.set(reference, () => entered.abort());
      if (firstSteps.gatheredInputOf(reference) !== null) entered.abort();
      try {
        const until = AbortSignal.any([signal, entered.signal]);
        const over = await statusWait.waitForStatus(sid, request, "completed", until, reference);
        const input = firstSteps.gatheredInputOf(reference);
        if (input !== null) return withInput(input);
        if (over === null || over.error !== null) return over;
        return firstSteps.wasFirstStepSent(reference)
          ? { ...over, gatheredInput: { ...EMPTY_STEP_RESULT, ended: "caller" } }
          : {
              ...over,
              gatheredInput: { ...EMPTY_STEP_RESULT, ended: "error" },
              error: talkError("not_asked"),
            };
      } finally {
        waiting.delete(reference);
      }

      function withInput({ answer, error }: GatheredInput): ReachedStatus {
        const answered = { status: "in-progress", error: null, answeredBy: null, duration: null };
        return { status: statuses.of(sid) ?? answered, error, gatheredInput: answer };
      }
    },
  };
}
