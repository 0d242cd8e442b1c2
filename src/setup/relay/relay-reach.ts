import type { Reach } from "../../inbound/reach.ts";
import type { RelayState } from "./relay-state.ts";

/** Whether Twilio reaches the app by the relay, as its own checks and tests say. */
export function relayReach(state: RelayState): Reach {
  return state.kind === "ready" && state.problem === null
    ? { kind: "ours" }
    : { kind: "unreachable", code: "relay" };
}
