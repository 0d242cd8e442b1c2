import type { SendStatus } from "../domain/events/send-status.ts";
import type { OpenStep } from "./active-step.ts";
import type { createStepSlot, Open } from "./active-step.ts";
import type { LineAction } from "./instruction.ts";
import { NOTHING_ENTERED, talkError } from "./step-result.ts";
import type { EndedBy, TalkErrorCode } from "./step-result.ts";

/**
 * Grace period in milliseconds: Twilio may report the last input or recording after it has reported the end of the
 * call.
 */
const LAST_WORDS_MS = 2_000;

export interface LineEndOptions {
  readonly slot: Pick<ReturnType<typeof createStepSlot>, "present" | "close">;
  /** Keeps who ended the call. */
  readonly noteEnded: (by: EndedBy) => Promise<void>;
  /** Lets the requests that are held look again. */
  readonly wakeAll: () => void;
  /** Resolves after `ms`, or early when `signal` aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Handles the end of a call, which happens once: records who ended it and closes the open step. */
export function createLineEnd({ slot, noteEnded, wakeAll, wait }: LineEndOptions) {
  let ended: EndedBy | null = null;
  /** Repeated if Twilio did not receive it and asks again through the number's fallback address. */
  let action: LineAction = { kind: "hang_up" };

  function end(by: EndedBy): void {
    if (ended !== null) return;
    ended = by;
    void noteEnded(by).catch(() => undefined);
    wakeAll();
    const present = slot.present();
    if (present !== null) void lastWords(present, by);
  }

  async function lastWords(present: Open, by: EndedBy): Promise<void> {
    const isTold = present.isGiven && present.step.step.input !== null;
    if (isTold && by === "caller") await wait(LAST_WORDS_MS, present.closed.signal);
    if (slot.present() !== present) return;
    await slot.close(present, { ...NOTHING_ENTERED, ended: by }, by === "error" ? talkError("failed") : null);
  }

  return {
    by: (): EndedBy | null => ended,
    end,
    /** What Twilio is told on a call that is over; null while it goes on. */
    action: (): LineAction | null => (ended === null ? null : action),
    /** The app ends the call in this way. */
    endWith(last: LineAction): LineAction {
      action = last;
      end("app");
      return last;
    },
    hear({ status }: SendStatus): void {
      end(status === "failed" ? "error" : "caller");
    },
    /** Restores what an earlier process has written to disk. */
    set(by: EndedBy): void {
      ended = by;
    },
    /** Ends a step that comes after the call's end. Null where that is no error: the caller has hung up. */
    async refuse(step: OpenStep, by: EndedBy): Promise<TalkErrorCode | null> {
      const code = by === "caller" ? null : by === "error" ? "failed" : "call_ended";
      await step.end({ ...NOTHING_ENTERED, ended: by }, code === null ? null : talkError(code));
      return code;
    },
  };
}
