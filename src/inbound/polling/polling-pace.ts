/** The times from one round of polling (one read of Twilio's list) to the next, in milliseconds. */
export const PACE_MS = { usual: 15_000, webhooksArrive: 300_000, refused: 3_600_000, longestRetry: 300_000 };

/**
 * How a round of polling ended.
 *
 * - `read`: Twilio returned the list. `isUrgent`: the app expects a message or status soon, or webhooks do not reach it
 * - `idle`: no number is polled, and all messages that the app sent in the last day have a final status
 * - `away`: Twilio did not answer, or answered 429 or 5xx, or the app failed, for example to store a message
 * - `refused`: the credentials may not list messages, or they may not list numbers, and the app expects no status
 */
export type RoundOutcome =
  | { readonly kind: "read"; readonly isUrgent: boolean }
  | { readonly kind: "idle" }
  | { readonly kind: "away" }
  | { readonly kind: "refused" };

/**
 * The time until the next round (read of Twilio's list), in milliseconds. `failures`: how many rounds in a row have
 * just ended with `away`.
 */
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
