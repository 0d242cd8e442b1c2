import { EMPTY_STEP_RESULT, talkError } from "../../calls/step-result.ts";
import type { GatheredInput } from "../../calls/step-result.ts";
import type { SendStatus } from "../../domain/events/send-status.ts";
import type { WaitFor } from "../../domain/events/send-status.ts";
import type { ReachedStatus } from "./await-status.ts";
import { hasFirstStep } from "./send-request.ts";
import type { SendRequest } from "./send-request.ts";

export interface AwaitInputOptions {
  /** Waits for a status; null where `signal` aborts first. */
  readonly waitForStatus: (
    sid: string,
    request: SendRequest,
    waitFor: WaitFor,
    signal: AbortSignal,
  ) => Promise<ReachedStatus | null>;
  readonly latest: (sid: string) => SendStatus | null;
  /** What was entered on a call of ours at its beginning; null as long as nothing was. */
  readonly gatheredInputOf: (reference: string) => GatheredInput | null;
  /** Whether Twilio was told what the call begins with. */
  readonly wasFirstStepSent: (reference: string) => boolean;
}

/** Waits for what becomes of a send and, where a call asks for something, for what is entered. */
export function createInputWait({
  waitForStatus,
  latest,
  gatheredInputOf,
  wasFirstStepSent,
}: AwaitInputOptions) {
  const waiting = new Map<string, () => void>();

  return {
    /** Something was entered on the call with that reference. */
    inputGathered: (reference: string): void => waiting.get(reference)?.(),
    /** As `until`; a call that asks is waited for until it has an answer, or is over. */
    async waitForStatus(
      sid: string,
      request: SendRequest,
      waitFor: WaitFor,
      signal: AbortSignal,
      reference: string,
    ): Promise<ReachedStatus | null> {
      if (!hasFirstStep(request)) return await waitForStatus(sid, request, waitFor, signal);
      const entered = new AbortController();
      waiting.set(reference, () => entered.abort());
      if (gatheredInputOf(reference) !== null) entered.abort();
      try {
        const over = await waitForStatus(
          sid,
          request,
          "completed",
          AbortSignal.any([signal, entered.signal]),
        );
        const entry = gatheredInputOf(reference);
        if (entry !== null) return withEntry(entry);
        if (over === null || over.error !== null) return over;
        return wasFirstStepSent(reference)
          ? { ...over, gatheredInput: { ...EMPTY_STEP_RESULT, ended: "caller" } }
          : {
              ...over,
              gatheredInput: { ...EMPTY_STEP_RESULT, ended: "error" },
              error: talkError("not_asked"),
            };
      } finally {
        waiting.delete(reference);
      }

      function withEntry({ answer, error }: GatheredInput): ReachedStatus {
        const answered = { status: "in-progress", error: null, answeredBy: null, duration: null };
        return { status: latest(sid) ?? answered, error, gatheredInput: answer };
      }
    },
  };
}
