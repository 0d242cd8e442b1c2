import { CALL_ERRORS } from "../../texts/en/twilio-errors/calls.ts";
import { DELIVERY_ERRORS } from "../../texts/en/twilio-errors/delivery.ts";
import type { ExplainedError } from "../../texts/en/twilio-errors/explained-error.ts";
import { MESSAGE_ERRORS } from "../../texts/en/twilio-errors/messages.ts";
import { WEBHOOK_ERRORS } from "../../texts/en/twilio-errors/webhooks.ts";
import { WHATSAPP_ERRORS } from "../../texts/en/twilio-errors/whatsapp.ts";

/**
 * Twilio's errors that users can meet, with the app's explanations. Omits errors that only a programmer's mistake can
 * cause, or that users cannot solve. Source: Twilio's dictionary, twilio.com/docs/api/errors.
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

/**
 * Returns the meaning of an error code and its solution, in English sentences for users. Returns null if the app has no
 * explanation for the code.
 */
export function explanationOf(code: string): string | null {
  return BY_CODE.get(code) ?? null;
}
