import type { Reach } from "../inbound/reach.ts";
import type { ReachFailure } from "./checks.ts";

export type ReachVerdict =
  /** The app has reached itself, and a webhook from Twilio came. */
  | "reached"
  /** The app has reached itself from inside, but no webhook from Twilio has come yet. */
  | "reached_inside"
  /** A webhook from Twilio came, although the app cannot reach itself from inside. */
  | "reached_by_twilio"
  /** The app has reached itself, but Twilio's last webhook failed. */
  | "failed_before"
  | "failed"
  | "other"
  | "redirected"
  | "untrusted"
  /** The app cannot reach itself from inside. Many home routers do not support this. */
  | "unreachable";

/** `waiting`: it is not known yet. `attention`: the user has to solve a problem. */
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
 * Judges whether Twilio reaches the app. Twilio's own webhooks count more than the app's request from inside the network,
 * and the newest of them decides.
 *
 * @param reach the answer to the app's own request to the public address
 * @param failure the newest webhook that Twilio could not deliver; null for none
 * @param lastSignedAt when the last webhook with a valid signature came, in milliseconds since 1970; null for never
 */
export function judgeReach(
  reach: Reach,
  failure: ReachFailure | null,
  lastSignedAt: number | null,
): { readonly verdict: ReachVerdict; readonly state: ReachState } {
  const verdict = verdictOf(reach, failure, lastSignedAt);
  return { verdict, state: STATES[verdict] };
}

function verdictOf(reach: Reach, failure: ReachFailure | null, lastSignedAt: number | null): ReachVerdict {
  const hasFailed = failure !== null && failure.at > (lastSignedAt ?? 0);
  if (reach.kind === "ours") {
    if (hasFailed) return "failed_before";
    return lastSignedAt === null ? "reached_inside" : "reached";
  }
  if (hasFailed) return "failed";
  return lastSignedAt === null ? reach.kind : "reached_by_twilio";
}
