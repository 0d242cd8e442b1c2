import type { ExplainedError } from "./explained-error.ts";
import { CALL_ERRORS } from "./explained-errors-calls.ts";
import { DELIVERY_ERRORS } from "./explained-errors-delivery.ts";
import { MESSAGE_ERRORS } from "./explained-errors-messages.ts";
import { WEBHOOK_ERRORS } from "./explained-errors-webhooks.ts";
import { WHATSAPP_ERRORS } from "./explained-errors-whatsapp.ts";

/**
 * The errors that a home meets. Source: Twilio's dictionary, twilio.com/docs/api/errors; left out is what only a
 * programmer's mistake can cause, or what nobody can do anything about.
 */
export const EXPLAINED_ERRORS: readonly ExplainedError[] = [
  ...CALL_ERRORS,
  ...MESSAGE_ERRORS,
  ...DELIVERY_ERRORS,
  ...WHATSAPP_ERRORS,
  ...WEBHOOK_ERRORS,
];

const BY_CODE = new Map(
  EXPLAINED_ERRORS.map(([code, meaning, remedy]) => [String(code), `${meaning} ${remedy}`]),
);

/** What a code means and what to do, in plain sentences; null where there is nothing to add to Twilio's words. */
export function explanationOf(code: string): string | null {
  return BY_CODE.get(code) ?? null;
}
