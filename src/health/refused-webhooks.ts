import type { Clock } from "../domain/clock.ts";

/** Why the public port refused an HTTP request. */
export type RefusalReason = "unsigned" | "wrong_signature" | "too_large" | "faulty";

/** The HTTP requests that the public port has refused since the app's start. */
export interface RefusedWebhooks {
  readonly count: number;
  /** The last refused request; null if there was none. `at`: milliseconds since 1970. */
  readonly last: { readonly at: number; readonly why: RefusalReason } | null;
}

export interface RefusedWebhookCounter {
  /** Called for each refused HTTP request, with its HTTP status and whether it had a signature. */
  readonly add: (status: number, isSigned: boolean) => void;
  readonly read: () => RefusedWebhooks;
}

/** Counts the HTTP requests that the public port refuses, for the panel. Strangers on the internet cause many of them. */
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
