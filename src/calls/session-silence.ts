import type { Clock } from "../domain/clock.ts";
import type { HoldInstruction, InstructionWebhook } from "./instruction.ts";
import type { SessionTerms } from "./step.ts";

/**
 * The highest number of pauses one after another, if webhooks come through the webhook relay. Each of these webhooks
 * costs money.
 */
const MOST_RELAYED_HOLDS = 20;

/**
 * Knows how long a call has been silent between two steps, how long it may be silent, and which of its pauses is the
 * newest. It measures with the monotonic clock, so setting the system clock changes nothing. Only after a restart, it
 * uses a time of the system clock, from the URL of a webhook.
 */
export function createSessionSilence(callSid: string, firstTerms: SessionTerms, clock: Clock) {
  let terms = firstTerms;
  /**
   * When the silence began, in milliseconds of `Clock.monotonic`. It begins when a step (what the app says and asks)
   * ends. Before the first step, it begins with the call.
   */
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
    /** Sets the language, voice and time limits, which apply until the next step of an automation. */
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
     * Makes a pause as the answer to an old or repeated webhook. Twilio does not use this answer. The pause gets the
     * number of the newest pause, so that the URL with this number stays valid.
     */
    holdSameTurn: hold,
    isOutdated: (question: InstructionWebhook): boolean => question.stepId === null && question.turn < turn,
    /**
     * Restores, from the URL of a webhook, what the app knew before its restart. `openTerms`: the language, voice and
     * time limits of the open step, which count instead of those of the URL; null if no step is open.
     */
    update(question: InstructionWebhook, openTerms: SessionTerms | null): void {
      const isOfThisProcess = question.turn <= turn;
      turn = Math.max(turn, question.turn);
      terms = openTerms ?? question.terms;
      if (openTerms !== null || isOfThisProcess) return;
      holds = question.holds;
      since = Math.min(since, clock.monotonic() - Math.max(0, clock.now() - question.silentSince));
    },
  };
}
