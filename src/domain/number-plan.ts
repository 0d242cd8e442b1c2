import type { NumberSettings, NumberWebhooks } from "./number-webhooks.ts";
import type { ReportedError } from "./twilio-error.ts";

/** What can be done with a number, to be shown before it is done. */
export interface NumberPlan {
  readonly number: NumberWebhooks;
  /** Null while the public address is not known, or where the number has it all already. */
  readonly wanted: NumberSettings | null;
  /** What it had before the app set it up; null where that is not known, or is what it has. */
  readonly before: NumberSettings | null;
  /** Stands for what the number has at present, and what overrules it: who confirms has seen that and nothing else. */
  readonly seen: string;
}

export type PlanAnswer =
  | { readonly kind: "found"; readonly plan: NumberPlan }
  | { readonly kind: "absent" }
  /** The credentials may not see the numbers. */
  | { readonly kind: "refused" }
  | { readonly kind: "away" };

export type ChangeAnswer =
  | { readonly kind: "done" }
  /** What the number has is not what was shown, or there is nothing to do: nothing was written. */
  | { readonly kind: "changed" }
  /** An application for calls would take the number's SIP trunk away: nothing was written. */
  | { readonly kind: "on_trunk" }
  | { readonly kind: "failed"; readonly error: ReportedError }
  | Exclude<PlanAnswer, { kind: "found" }>;
