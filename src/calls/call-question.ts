import { isCallProgress, isVerbResult } from "../domain/events/call-result-fields.ts";
import type { WebhookFields, WebhookKind } from "../domain/events/webhook.ts";

/**
 * What a webhook about a call asks TwiML for.
 *
 * - `ringing`: a call that nobody has answered yet
 * - `arrived`: a call in progress that was led to the app: by Studio or a TwiML Bin, or by the number's fallback
 * - `result`: a call in progress, after a Gather, Record or Dial in TwiML that is not the app's
 */
export type CallQuestion = "ringing" | "arrived" | "result";

/** Null where Twilio does not go by the answer, or the answer must change nothing. */
export function callQuestion(kind: WebhookKind, fields: WebhookFields): CallQuestion | null {
  switch (kind) {
    case "incoming_call":
      return "ringing";
    case "call":
      return questionInProgress(fields);
    case "message":
    case "message_status":
    case "call_status":
    case "recording":
    case "other":
      return null;
  }
}

function questionInProgress(fields: WebhookFields): CallQuestion | null {
  if (fields["CallStatus"] !== "in-progress" || isCallProgress(fields)) return null;
  // Only callbacks are numbered; those of compatible providers may have no CallbackSource.
  if (fields["SequenceNumber"] !== undefined) return null;
  // The called end of a Dial, before it is connected: no TwiML lets the two talk.
  if (fields["Direction"] === "outbound-dial") return null;
  return isVerbResult(fields) ? "result" : "arrived";
}
