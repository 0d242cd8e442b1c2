import type { Clock } from "../domain/clock.ts";
import type { HoldInstruction, InstructionWebhook } from "./instruction.ts";
import type { SessionTerms } from "./step.ts";

/** The most pauses in a row on a call that uses the webhook relay. */
const MOST_RELAYED_HOLDS = 20;

/**
 * Tracks a call between two steps: since when it has been silent, how long it may stay silent, and the order of its
 * pauses. Setting the system clock has no effect on these, except for times in URLs that an earlier process made.
 */
export function createSessionSilence(callSid: string, firstTerms: SessionTerms, clock: Clock) {
  let terms = firstTerms;
  /** When the silence began, in milliseconds of `Clock.monotonic`. */
  let since = clock.monotonic();
  let turn = 0;
  /** The number of pauses since the call was last audible. */
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
    /** The terms of a step apply from its start until the next step. */
    setTerms(next: SessionTerms): void {
      terms = next;
    },
    /** Restarts the silence: something is playing, or was playing until now. */
    end(): void {
      since = clock.monotonic();
      holds = 0;
    },
    /** `isRelayed`: whether the call uses the webhook relay, where each webhook costs money. */
    remainingMs: (isRelayed: boolean): number =>
      isRelayed && holds >= MOST_RELAYED_HOLDS ? 0 : since + terms.silenceSeconds * 1_000 - clock.monotonic(),
    nextTurn,
    /** A pause with a new turn number, and so with a new URL. */
    hold(pauseSeconds: number): HoldInstruction {
      nextTurn();
      holds += 1;
      return hold(pauseSeconds);
    },
    /** A pause for a webhook whose answer Twilio ignores: the URL of the newest pause stays valid. */
    holdSameTurn: hold,
    isOutdated: (question: InstructionWebhook): boolean => question.stepId === null && question.turn < turn,
    /**
     * Restores turn, terms, silence and pauses from the URL that Twilio requested. While a step is open, the step's terms
     * apply.
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
