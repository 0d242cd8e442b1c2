import type { Clock } from "../domain/clock.ts";
import type { HoldInstruction, InstructionWebhook } from "./instruction.ts";
import type { SessionTerms } from "./step.ts";

/** A held call is asked again at most so often by way of the relay. */
const MOST_RELAYED_HOLDS = 20;

/**
 * Keeps track of a call between two steps: since when it is silent, how long it may stay silent, and the order of its
 * pauses. Setting the system clock changes none of it: only an address that an earlier process wrote is read by that
 * clock.
 */
export function createSessionSilence(callSid: string, firstTerms: SessionTerms, clock: Clock) {
  let terms = firstTerms;
  /** As `Clock.monotonic` tells it. */
  let since = clock.monotonic();
  let turn = 0;
  /** Pauses since something was last heard. */
  let holds = 0;

  function hold(pauseSeconds: number): HoldInstruction {
    const silentSince = clock.now() - Math.round(clock.monotonic() - since);
    return { kind: "hold", callSid, pauseSeconds, terms, silentSince, turn };
  }

  function nextTurn(): number {
    turn += 1;
    return turn;
  }

  return {
    terms: (): SessionTerms => terms,
    /** A step sets how the call is kept after it. */
    setTerms(next: SessionTerms): void {
      terms = next;
    },
    /** The silence ends now: something is heard, or was heard until now. */
    end(): void {
      since = clock.monotonic();
      holds = 0;
    },
    /** `isRelayed`: by the webhook relay, which costs something each time that Twilio asks. */
    remainingMs: (isRelayed: boolean): number =>
      isRelayed && holds >= MOST_RELAYED_HOLDS ? 0 : since + terms.silenceSeconds * 1_000 - clock.monotonic(),
    nextTurn,
    /** A pause with an address of its own. */
    hold(pauseSeconds: number): HoldInstruction {
      nextTurn();
      holds += 1;
      return hold(pauseSeconds);
    },
    /** A pause for a request whose answer Twilio does not read any more: the address of the newest pause stays valid. */
    holdSameTurn: hold,
    isOutdated: (question: InstructionWebhook): boolean => question.stepId === null && question.turn < turn,
    /** What an address tells of the call; while a step is open, its own terms count. */
    update(question: InstructionWebhook, isStepOpen: boolean): void {
      const isOfThisProcess = question.turn <= turn;
      turn = Math.max(turn, question.turn);
      if (isStepOpen) return;
      terms = question.terms;
      if (isOfThisProcess) return;
      since = Math.min(since, clock.monotonic() - Math.max(0, clock.now() - question.silentSince));
    },
  };
}
