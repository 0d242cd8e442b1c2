import { fakeSid } from "../api/fake-sid.ts";
import type { CallerAct, Question, TwimlRequest } from "../phone/caller-act.ts";
import type { Verb } from "./parse-twiml.ts";

/** The forwarded leg of a call. */
export interface Forward {
  readonly number: string;
  /** The SID of the forwarded leg. */
  readonly sid: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DialOutcome {
  readonly seconds: number;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A `<Dial>` to one number, with its attributes. */
export function forwardOf(verb: Verb): Forward {
  const number = verb.children.find(({ name }) => name === "Number")?.text ?? verb.text;
  return { number: number.trim(), sid: fakeSid("CA"), attributes: verb.attributes };
}

/** A `<Dial>` that waits until the other leg has ended. Source: twilio.com/docs/voice/twiml/dial */
export function askDial(
  { sid }: Forward,
  onPickedUp: () => void,
  requestFor: (outcome: DialOutcome) => TwimlRequest | null,
): Question<DialOutcome> {
  let isBridged = false;

  function pickUp(): void {
    isBridged = true;
    onPickedUp();
  }

  function outcome(status: string, seconds: number): DialOutcome {
    return {
      seconds,
      parameters: {
        DialCallStatus: status,
        DialCallSid: sid,
        DialBridged: String(isBridged),
        ...(isBridged ? { DialCallDuration: String(seconds) } : {}),
      },
    };
  }

  return {
    kind: "dial",
    accepts: ["picked-up", "forwarded", "quiet"],
    take(act: CallerAct): DialOutcome | null {
      if (act.kind === "picked-up") pickUp();
      if (act.kind === "quiet" && !isBridged) return outcome("no-answer", 0);
      if (act.kind !== "forwarded") return null;
      if (act.status === "completed" && !isBridged) pickUp();
      return outcome(act.status, act.seconds);
    },
    hungUp: (seconds) => requestFor(isBridged ? outcome("completed", seconds) : outcome("canceled", 0)),
  };
}
