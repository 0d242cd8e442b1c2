import type { ReportedError } from "./twilio-error.ts";

/** One message or call to one recipient, ready for Twilio. Addresses are E.164, short codes or `whatsapp:+…`. */
export type SendRequest =
  | {
      readonly command: "send_message";
      readonly to: string;
      /** A number, `MG…` (Messaging Service) or sender ID; null: the account's only number that can. */
      readonly from: string | null;
      readonly body: string;
      readonly mediaUrls: readonly string[];
    }
  | {
      readonly command: "make_call";
      readonly to: string;
      readonly from: string | null;
      readonly instructions: CallInstructions;
    };

export type CallInstructions =
  | { readonly twimlUrl: string }
  | { readonly say: string; readonly language: string };

/**
 * What is known after asking Twilio. Only `not_sent` (no byte left, or Twilio refused it unprocessed) may be
 * tried again: Messages and Calls have no idempotency key, so anything else could send twice.
 */
export type SendOutcome =
  | {
      readonly kind: "accepted";
      readonly sid: string;
      readonly status: string;
      readonly segments: number | null;
    }
  | { readonly kind: "refused"; readonly error: ReportedError }
  | { readonly kind: "not_sent"; readonly error: ReportedError; readonly retryAfterMs: number | null }
  | { readonly kind: "unknown"; readonly error: ReportedError };
