import type { Clock } from "../domain/clock.ts";
import type { HoldInstruction, InstructionWebhook } from "./instruction.ts";
import type { SessionTerms } from "./step.ts";

/**
 * The highest number of pauses one after another if webhooks come through the webhook relay, because each of them costs
 * money.
 */
const MOST_RELAYED_HOLDS = 20;

/**
 * Knows how long a call has been silent between two steps, how long it may be silent, and which of its pauses is the
 * newest. The monotonic clock counts, so setting the system clock changes nothing. Only a time in a URL from before the
 * app's start uses the system clock.
 */
export function createSessionSilence(callSid: string, firstTerms: SessionTerms, clock: Clock) {
  let terms = firstTerms;
  /** When the call became silent, in milliseconds of `Clock.monotonic`. */
  let since = clock.monotonic();
  let turn = 0;
  /** The number of pauses since the call last said or played something. */
  let holds = 0;

  function hold(pauseSeconds: number): HoldInstruction {
    const silentSince = clock.now() - Math.round(clock.monotonic() - since);
    return { kind: "hold", callSid, pauseSeconds, terms, silentSince, turn, holds };
  }

  function nextTurn(): number {
    turn += 1;
    return turn;
  }

  return {
    terms: (): SessionTerms => terms,
    /** Sets the language, voice and time limits of a step, which count until the next step. */
    setTerms(next: SessionTerms): void {
      terms = next;
    },
    /** Called when the call says or plays something. The time of silence begins again. */
    end(): void {
      since = clock.monotonic();
      holds = 0;
    },
    /**
     * How long the call may still be silent, in milliseconds. `isRelayed`: whether its webhooks come through the
     * webhook relay.
     */
    remainingMs: (isRelayed: boolean): number =>
      isRelayed && holds >= MOST_RELAYED_HOLDS ? 0 : since + terms.silenceSeconds * 1_000 - clock.monotonic(),
    nextTurn,
    /** Makes a pause with a new number, and so with a new URL for the next webhook. */
    hold(pauseSeconds: number): HoldInstruction {
      nextTurn();
      holds += 1;
      return hold(pauseSeconds);
    },
    /**
     * Makes a pause for a webhook whose answer Twilio ignores. The number stays, so the URL of the newest pause stays
     * valid.
     */
    holdSameTurn: hold,
    isOutdated: (question: InstructionWebhook): boolean => question.stepId === null && question.turn < turn,
    /**
     * Restores the state of an earlier run of the app from the URL of a webhook. If a step is open, its language, voice
     * and time limits count.
     */
    update(question: InstructionWebhook, isStepOpen: boolean): void {
      const isOfThisProcess = question.turn <= turn;
      turn = Math.max(turn, question.turn);
      if (isStepOpen) return;
      terms = question.terms;
      if (isOfThisProcess) return;
      holds = question.holds;
      since = Math.min(since, clock.monotonic() - Math.max(0, clock.now() - question.silentSince));
    },
  };
}
