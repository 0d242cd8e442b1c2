/** From one read to the next, in milliseconds. */
export const PACE_MS = { usual: 15_000, webhooksArrive: 300_000, refused: 3_600_000, longestRetry: 300_000 };

/**
 * How a round ended. `read`: `isUrgent` where something waits, or webhooks do not arrive; `idle`: nothing is polled;
 * `away`: Twilio does not answer, or answers that it cannot (429, 5xx); `refused`: it does not let these credentials.
 */
export type RoundOutcome =
  | { readonly kind: "read"; readonly isUrgent: boolean }
  | { readonly kind: "idle" }
  | { readonly kind: "away" }
  | { readonly kind: "refused" };

/** How long to wait after a round, in milliseconds. `failures`: rounds in a row for which Twilio was away. */
export function delayAfter(outcome: RoundOutcome, failures: number): number {
  switch (outcome.kind) {
    case "read":
      return outcome.isUrgent ? PACE_MS.usual : PACE_MS.webhooksArrive;
    case "idle":
      return PACE_MS.usual;
    case "away":
      return Math.min(PACE_MS.usual * 2 ** Math.max(0, failures - 1), PACE_MS.longestRetry);
    case "refused":
      return PACE_MS.refused;
  }
}
