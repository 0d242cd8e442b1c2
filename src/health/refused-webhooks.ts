import type { Clock } from "../domain/clock.ts";

/** Why the app refused a request, at its public port or from the webhook relay. */
export type RefusalReason = "unsigned" | "wrong_signature" | "too_large" | "faulty";

/** How many requests the app has refused since its start, at its public port and from the webhook relay. */
export interface RefusedWebhooks {
  readonly count: number;
  /** The newest refused request; null if the app has refused none. `at`: when it came, in milliseconds since 1970. */
  readonly last: { readonly at: number; readonly why: RefusalReason } | null;
}

export interface RefusedWebhookCounter {
  /**
   * Called for each refused request. `status`: the HTTP status of the answer. `isSigned`: whether the request had a
   * signature.
   */
  readonly add: (status: number, isSigned: boolean) => void;
  readonly read: () => RefusedWebhooks;
}

/**
 * Counts the requests that the app refuses, at its public port and from the webhook relay, for the panel. Many come
 * from strangers on the internet.
 */
export function createRefusedWebhookCounter(clock: Clock): RefusedWebhookCounter {
  let refused: RefusedWebhooks = { count: 0, last: null };
  return {
    add(status, isSigned) {
      refused = { count: refused.count + 1, last: { at: clock.now(), why: kindOf(status, isSigned) } };
    },
    read: () => refused,
  };
}

function kindOf(status: number, isSigned: boolean): RefusalReason {
  if (status === 403) return isSigned ? "wrong_signature" : "unsigned";
  return status === 413 ? "too_large" : "faulty";
}
