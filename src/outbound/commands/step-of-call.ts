import type { TalkStep } from "../../calls/step.ts";
import { gatherOf, speechOf } from "../../calls/talk-step.ts";
import type { MakeCallPayload } from "./make-call.ts";

/** The first step of a call that an automation goes on with: null where the call only speaks, or does what TwiML says. */
export function firstStepOfCall(payload: MakeCallPayload): TalkStep | null {
  if (payload.ask === undefined && payload.then !== "talk") return null;
  return {
    speech: speechOf(payload),
    input: gatherOf(payload),
    repeat: payload.repeat,
    afterwards: payload.then === "talk" ? "wait" : "hang_up",
  };
}
