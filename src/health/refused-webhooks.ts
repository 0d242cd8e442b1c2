import type { Clock } from "../domain/clock.ts";

/** Why the public port turned a request away. */
export type RefusalReason = "unsigned" | "wrong_signature" | "too_large" | "faulty";

/** Requests to the public port that were turned away since the app's start. */
export interface RefusedWebhooks {
  readonly count: number;
  /** Null where there was none. Milliseconds since 1970. */
  readonly last: { readonly at: number; readonly why: RefusalReason } | null;
}

export interface RefusedWebhookCounter {
  /** Told of each request that was turned away: with which status, and whether it was signed at all. */
  readonly add: (status: number, isSigned: boolean) => void;
  readonly read: () => RefusedWebhooks;
}

/** Counts what the public port turns away, for people: the internet knocks all day long. */
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
