import type { Reach } from "../inbound/reach.ts";
import type { ReachFailure } from "./checks.ts";

export type ReachVerdict =
  /** The app has reached itself, and Twilio has nothing against it. */
  | "reached"
  /** The app has reached itself, and Twilio was never heard: what is so inside may not be so outside. */
  | "reached_inside"
  /** Only Twilio has, which is all that counts. */
  | "reached_by_twilio"
  /** The app reaches itself now, and Twilio last did not. */
  | "failed_before"
  | "failed"
  | "other"
  | "redirected"
  | "untrusted"
  /** From inside, which says little: home routers often cannot lead back in. */
  | "unreachable";

/** `waiting`: it may still come right by itself; `attention`: the user has to do something. */
export type ReachState = "good" | "waiting" | "attention";

const STATES: Readonly<Record<ReachVerdict, ReachState>> = {
  reached: "good",
  reached_by_twilio: "good",
  reached_inside: "waiting",
  failed_before: "waiting",
  unreachable: "waiting",
  failed: "attention",
  other: "attention",
  redirected: "attention",
  untrusted: "attention",
};

/**
 * Whether Twilio reaches the app. What Twilio itself met counts more than what the app sees from inside the house, and
 * of that the last: `heardAt` is the last webhook with a valid signature, `failure` the last that did not get through.
 */
export function judgeReach(
  reach: Reach,
  failure: ReachFailure | null,
  heardAt: number | null,
): { readonly verdict: ReachVerdict; readonly state: ReachState } {
  const verdict = verdictOf(reach, failure, heardAt);
  return { verdict, state: STATES[verdict] };
}

function verdictOf(reach: Reach, failure: ReachFailure | null, heardAt: number | null): ReachVerdict {
  const hasFailed = failure !== null && failure.at > (heardAt ?? 0);
  if (reach.kind === "ours") {
    if (hasFailed) return "failed_before";
    return heardAt === null ? "reached_inside" : "reached";
  }
  if (hasFailed) return "failed";
  return heardAt === null ? reach.kind : "reached_by_twilio";
}
