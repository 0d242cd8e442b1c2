import { CALL_ERRORS } from "./calls.ts";
import { DELIVERY_ERRORS } from "./delivery.ts";
import { MESSAGE_ERRORS } from "./messages.ts";
import { WEBHOOK_ERRORS } from "./webhooks.ts";
import { WHATSAPP_ERRORS } from "./whatsapp.ts";

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

/** Twilio's code, what it means for a home, and what to do: a sentence or two each. */
export type ExplainedError = readonly [code: number, meaning: string, remedy: string];
