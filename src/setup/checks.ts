import type { ListAnswer } from "../domain/list-answer.ts";
import type { Reach } from "../inbound/reach.ts";
import type { NumberWebhooks } from "./number-webhooks.ts";

/** The state of the account at Twilio. */
export type AccountCheck =
  | {
      readonly kind: "known";
      readonly name: string;
      readonly isTrial: boolean;
      /** In Twilio's words: `active`, `suspended` or `closed`. */
      readonly status: string;
      /** The balance. Null if the credentials cannot read it, or if the account has no balance of its own. */
      readonly balance: { readonly amount: string; readonly currency: string } | null;
    }
  /** The API key is valid, but cannot read the account. */
  | { readonly kind: "hidden" }
  | { readonly kind: "refused" }
  | { readonly kind: "away" };

/** A webhook that Twilio could not deliver. */
export interface WebhookFailure {
  /** When the delivery failed, in milliseconds since 1970. */
  readonly at: number;
  /** Twilio's error code. */
  readonly code: string;
  /** The URL that Twilio requested, without a query and other parts that may be secret. */
  readonly url: string;
}

/** The part of a failure that `judgeReach` needs. */
export type ReachFailure = Pick<WebhookFailure, "at" | "code">;

/** Whether Home Assistant has loaded the app's scripts. `unknown`: it did not answer. */
export type ScriptsCheck =
  | { readonly kind: "loaded" }
  | { readonly kind: "missing"; readonly names: readonly string[] }
  | { readonly kind: "unknown" };

/** Home Assistant's own Twilio integration. `unknown`: Home Assistant could not be asked. */
export type CoreEntryCheck = "absent" | "enabled" | "disabled" | "unknown";

/** The checks of the page Setup that need answers from Twilio, Home Assistant or the public address. */
export interface SetupChecks {
  readonly account: AccountCheck;
  /** Whether the app reached its own public address; null while that is not known. */
  readonly reach: Reach | null;
  readonly failure: ReachFailure | null;
  readonly scripts: ScriptsCheck;
  readonly coreEntry: CoreEntryCheck;
  readonly numbers: ListAnswer<NumberWebhooks>;
}
