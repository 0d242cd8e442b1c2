import type { ListAnswer } from "../domain/list-answer.ts";
import type { Reach } from "../inbound/reach.ts";
import type { NumberWebhooks } from "./number-webhooks.ts";

/** The known state of the Twilio account. */
export type AccountCheck =
  | {
      readonly kind: "known";
      readonly name: string;
      readonly isTrial: boolean;
      /** The state in Twilio's words: `active`, `suspended` or `closed`. */
      readonly status: string;
      /** The balance. Null if the app could not read it, or if the account has no balance of its own. */
      readonly balance: { readonly amount: string; readonly currency: string } | null;
    }
  /** The credentials are valid, but cannot read the account. */
  | { readonly kind: "hidden" }
  | { readonly kind: "refused" }
  | { readonly kind: "away" };

/** A webhook that Twilio could not deliver to the app. */
export interface WebhookFailure {
  /** When the delivery failed, in milliseconds since 1970 by this machine's clock. */
  readonly at: number;
  /** Twilio's error code. */
  readonly code: string;
  /** The URL that Twilio requested, without parts that may be secret, such as the query. */
  readonly url: string;
}

/** The fields of a failed webhook that `judgeReach` needs. */
export type ReachFailure = Pick<WebhookFailure, "at" | "code">;

/** Whether Home Assistant has loaded the app's scripts. `unknown`: Home Assistant did not answer. */
export type ScriptsCheck =
  | { readonly kind: "loaded" }
  | { readonly kind: "missing"; readonly names: readonly string[] }
  | { readonly kind: "unknown" };

/** Whether Home Assistant's own Twilio integration is set up. `unknown`: Home Assistant did not answer. */
export type CoreEntryCheck = "absent" | "enabled" | "disabled" | "unknown";

/** The results on the page Setup for which the app asks Twilio, Home Assistant or its own public address. */
export interface SetupChecks {
  readonly account: AccountCheck;
  /** Whether the app reached its own public address; null while it has none, except that of the webhook relay. */
  readonly reach: Reach | null;
  readonly failure: ReachFailure | null;
  readonly scripts: ScriptsCheck;
  readonly coreEntry: CoreEntryCheck;
  readonly numbers: ListAnswer<NumberWebhooks>;
}
