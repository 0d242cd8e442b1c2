import type { ListAnswer } from "../domain/list-answer.ts";
import type { Reach } from "../inbound/reach.ts";
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

/** A webhook that Twilio could not bring. */
export interface WebhookFailure {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Twilio's. */
  readonly code: string;
  /** Without what may be secret in it, such as a query. */
  readonly url: string;
}

/** What counts of it for whether Twilio reaches the app. */
export type ReachFailure = Pick<WebhookFailure, "at" | "code">;

/** Which of the app's scripts Home Assistant has loaded. `unknown`: it could not be asked. */
export type ScriptsCheck =
  | { readonly kind: "loaded" }
  | { readonly kind: "missing"; readonly names: readonly string[] }
  | { readonly kind: "unknown" };

/** Home Assistant's own Twilio integration. `unknown`: Home Assistant could not be asked. */
export type CoreEntryCheck = "absent" | "enabled" | "disabled" | "unknown";

/** All that has to be asked for elsewhere. */
export interface SetupChecks {
  readonly account: AccountCheck;
  /** Null while the public address is not known. */
  readonly reach: Reach | null;
  readonly failure: ReachFailure | null;
  readonly scripts: ScriptsCheck;
  readonly coreEntry: CoreEntryCheck;
  readonly numbers: ListAnswer<NumberWebhooks>;
}
