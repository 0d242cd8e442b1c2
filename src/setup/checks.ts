import type { ListAnswer } from "../domain/list-answer.ts";
import type { NumberWebhooks } from "./number-webhooks.ts";

/** What Twilio says of the account. */
export type AccountCheck =
  | {
      readonly kind: "known";
      readonly name: string;
      readonly isTrial: boolean;
      /** Twilio's word: `active`, `suspended` or `closed`. */
      readonly status: string;
      /** Null where the credentials may not ask, or it has none of its own. */
      readonly balance: { readonly amount: string; readonly currency: string } | null;
    }
  /** An API key may send and not read the account. */
  | { readonly kind: "hidden" }
  | { readonly kind: "refused" }
  | { readonly kind: "away" };

/** What answered when the app asked its own public address, seen from inside the house. */
export type Reach =
  | { readonly kind: "ours" }
  /** Something else answered, or with another path. */
  | { readonly kind: "other"; readonly status: number }
  | { readonly kind: "redirected" }
  /** `code`: Node's, such as `CERT_HAS_EXPIRED`. */
  | { readonly kind: "untrusted"; readonly code: string }
  | { readonly kind: "unreachable"; readonly code: string };

/** A webhook that Twilio could not bring. */
export interface ReachFailure {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Twilio's. */
  readonly code: string;
}

/** Which of the app's scripts Home Assistant has loaded. `unknown`: it could not be asked. */
export type ScriptsCheck =
  | { readonly kind: "loaded" }
  | { readonly kind: "missing"; readonly names: readonly string[] }
  | { readonly kind: "unknown" };

/** All that has to be asked for elsewhere. */
export interface SetupChecks {
  readonly account: AccountCheck;
  /** Null while the public address is not known. */
  readonly reach: Reach | null;
  readonly failure: ReachFailure | null;
  readonly scripts: ScriptsCheck;
  readonly numbers: ListAnswer<NumberWebhooks>;
}
