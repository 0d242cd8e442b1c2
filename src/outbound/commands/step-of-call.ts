import type { TalkStep } from "../../calls/step.ts";
import { gatherOf, speechOf } from "../../calls/talk-step.ts";
import type { MakeCallPayload } from "./make-call.ts";

/**
 * The first step (what the app says and asks) of a call that automations continue. Null if the call only says or plays
 * something, or follows TwiML.
 */
export function firstStepOfCall(payload: MakeCallPayload): TalkStep | null {
  if (payload.ask === undefined && payload.then !== "talk") return null;
  return {
    speech: speechOf(payload),
    input: gatherOf(payload),
    repeat: payload.repeat,
    afterwards: payload.then === "talk" ? "wait" : "hang_up",
  };
}
