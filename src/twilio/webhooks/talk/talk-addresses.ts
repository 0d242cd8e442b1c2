import type { TalkKey } from "../../../calls/ports.ts";
import { LONGEST_CALL_MS } from "../../../calls/step.ts";
import type { Clock } from "../../../domain/clock.ts";
import { TALK_PATH } from "../../../domain/events/webhook-routes.ts";
import { retryFragment } from "../../../inbound/retry-fragment.ts";
import { isOldTalkAddress, readOldTalkAddress } from "./old-talk-address.ts";
import { createTalkTokens } from "./talk-token.ts";
import type { TalkState } from "./talk-token.ts";

/**
 * The fragment that the app adds to URLs at its own port. With it, Twilio retries a webhook up to five times, within
 * Twilio's limit of 15 s for an answer. So a call can survive a short restart of the app.
 */
const TRY_AGAIN = "#rc=5&rp=all";

const TALK_ADDRESS = /^\/talk\?s=([\w-]+)$/;

export type ReadTalkAddress =
  | { readonly kind: "ours"; readonly state: TalkState }
  /** The app may have signed the URL with a key that was lost with its journal (the database). */
  | { readonly kind: "lost" }
  | { readonly kind: "foreign" };

/** Makes the URL for the next webhook of a call, below the public address `base`. */
export type WriteTalkAddress = (
  base: string,
  state: Pick<TalkState, "call" | "step" | "terms"> & Partial<TalkState>,
) => string;

export interface TalkAddresses {
  readonly write: WriteTalkAddress;
  /** Reads the state in a URL. `target` is path and query below the public address. */
  read(target: string): ReadTalkAddress;
  /** Whether the app still accepts URLs of its earlier versions, because a call with such a URL may be in progress. */
  acceptsOld(): boolean;
}

export interface TalkAddressesOptions {
  readonly key: TalkKey;
  /**
   * The time at which an earlier journal was lost together with its key, in milliseconds since 1970. Null if no journal
   * was lost.
   */
  readonly lostAt: number | null;
  readonly clock: Clock;
}

/**
 * Writes and reads URLs `/talk?s=<signed token>`. The app alone can sign a token, and each token has only one valid
 * spelling.
 */
export function createTalkAddresses({ key, lostAt, clock }: TalkAddressesOptions): TalkAddresses {
  const tokens = createTalkTokens(key.secret);

  function acceptsOld(): boolean {
    return key.oldAddressesUntil !== null && clock.now() < key.oldAddressesUntil;
  }

  /** Whether a call that began before the loss of the journal may still be in progress. */
  function isKeyLost(): boolean {
    return lostAt !== null && clock.now() - lostAt < LONGEST_CALL_MS;
  }

  return {
    write(base, state) {
      const token = tokens.write({ attempt: 1, silentSince: null, turn: 0, holds: 0, ...state });
      return `${base}${TALK_PATH}?s=${token}${retryFragment(base, TRY_AGAIN)}`;
    },
    read(target) {
      const [, token] = TALK_ADDRESS.exec(target) ?? [];
      const isOld = token === undefined && isOldTalkAddress(target);
      const state =
        token === undefined ? (acceptsOld() ? readOldTalkAddress(target) : null) : tokens.read(token);
      if (state !== null) return { kind: "ours", state };
      return isKeyLost() && (isOld || token !== undefined) ? { kind: "lost" } : { kind: "foreign" };
    },
    acceptsOld: () => acceptsOld() || isKeyLost(),
  };
}
