import type { SendStatus } from "../domain/send-status.ts";
import { NOTHING_ENTERED, talkError } from "../domain/talk-answer.ts";
import type { TalkAnswer } from "../domain/talk-answer.ts";
import type { ReportedError } from "../domain/twilio-error.ts";
import type { OpenStep } from "./open-step.ts";
import { watchStep } from "./watch-step.ts";
import type { WatchStepOptions } from "./watch-step.ts";

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
