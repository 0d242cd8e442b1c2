import { isCallProgress, isVerbResult } from "../domain/events/call-result-fields.ts";
import type { WebhookFields, WebhookKind } from "../domain/events/webhook.ts";

/**
 * The state of a call for which a webhook requests TwiML.
 *
 * - `ringing`: the call has not been answered yet
 * - `arrived`: a call in progress that Studio, a TwiML Bin or the number's fallback redirected to the app
 * - `result`: a call in progress, after a Gather, Record or Dial in TwiML that the app did not write
 */
export type CallQuestion = "ringing" | "arrived" | "result";

/** The state of the call for which a webhook requests TwiML. Null if Twilio ignores the TwiML, or if it must not change the call. */
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
  // Only status callbacks have a SequenceNumber. Those of compatible providers may have no CallbackSource.
  if (fields["SequenceNumber"] !== undefined) return null;
  // The called party of a Dial, before it is connected. Any TwiML would keep the two from talking.
  if (fields["Direction"] === "outbound-dial") return null;
  return isVerbResult(fields) ? "result" : "arrived";
}
