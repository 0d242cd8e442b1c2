import { isCallProgress, isVerbResult } from "../domain/events/call-result-fields.ts";
import type { WebhookFields, WebhookKind } from "../domain/events/webhook.ts";

/**
 * The state of a call whose webhook asks the app for TwiML.
 *
 * - `ringing`: nobody has answered the call yet
 * - `arrived`: a call in progress came to the app from Studio, a TwiML Bin or the number's fallback URL
 * - `result`: a call in progress reports the result of Gather, Record or Dial in TwiML that the app did not write
 */
export type CallQuestion = "ringing" | "arrived" | "result";

/**
 * The state of a call whose webhook asks the app for TwiML. Null if Twilio would ignore TwiML in the answer, or if
 * TwiML would disturb the call.
 */
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
  // A webhook with this field is a status callback, even if a compatible provider leaves out `CallbackSource`.
  if (fields["SequenceNumber"] !== undefined) return null;
  // This webhook is about the second party of a `<Dial>`, before Twilio connects the two parties. TwiML in the answer
  // would keep the parties apart.
  if (fields["Direction"] === "outbound-dial") return null;
  return isVerbResult(fields) ? "result" : "arrived";
}
