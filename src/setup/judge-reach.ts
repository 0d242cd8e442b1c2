import type { Reach } from "../inbound/reach.ts";
import type { ReachFailure } from "./checks.ts";

export type ReachVerdict =
  /** The app can reach itself at its public address, and Twilio has sent a webhook there. */
  | "reached"
  /** The app can reach itself at its public address, but Twilio has not sent a webhook yet. */
  | "reached_inside"
  /** Twilio has sent a webhook, although the app cannot reach its public address from its own network. */
  | "reached_by_twilio"
  /** The app can reach itself at its public address, but Twilio could not deliver its newest webhook. */
  | "failed_before"
  | "failed"
  | "other"
  | "redirected"
  | "untrusted"
  /** The app cannot reach its public address from its own network. Many home routers do not allow this. */
  | "unreachable";

/**
 * How the page Setup shows a `ReachVerdict`. `open`: no webhook has come yet. `waiting`: the last webhook failed.
 * `attention`: the user must solve a problem.
 */
export type ReachState = "good" | "open" | "waiting" | "attention";

const STATES: Readonly<Record<ReachVerdict, ReachState>> = {
  reached: "good",
  reached_by_twilio: "good",
  reached_inside: "open",
  failed_before: "waiting",
  unreachable: "open",
  failed: "attention",
  other: "attention",
  redirected: "attention",
  untrusted: "attention",
};

/**
 * Judges whether Twilio reaches the app. Twilio's newest webhook counts more than the app's own request from inside the
 * network, regardless of whether this webhook arrived or failed.
 *
 * @param reach what answered the app's own request to its public address
 * @param failure the newest webhook that Twilio could not deliver; null for none
 * @param lastSignedAt when the last webhook with a valid signature came, in milliseconds since 1970; null if none ever
 * came
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
