import { createHash } from "node:crypto";

import { classifyWebhook, isFinalCallState, messageSid } from "../domain/classify-webhook.ts";
import type { WebhookFields } from "../domain/classify-webhook.ts";
import type { FormParameters } from "./parse-form.ts";

/**
 * Two requests with the same key are one: Twilio's retry, its fallback URL, or a captured request sent again (a
 * signature carries no time, so it verifies for ever). Where a SID and a status do not tell requests apart, such as
 * two answers to `<Gather>` in one call, all parameters do.
 */
export function dedupeKey(fields: WebhookFields, parameters: FormParameters): string {
  const message = messageSid(fields);
  switch (classifyWebhook(fields)) {
    case "message":
      return `${message}:received`;
    case "message_status":
      return `${message}:${fields["MessageStatus"]}`;
    case "incoming_call":
      return `${fields["CallSid"]}:ringing`;
    case "call_status":
      if (isFinalCallState(fields["CallStatus"])) return `${fields["CallSid"]}:${fields["CallStatus"]}`;
      break;
    case "call":
    case "other":
  }
  return `${fields["CallSid"] ?? message ?? "-"}:${hashOf(parameters)}`;
}

function hashOf(parameters: FormParameters): string {
  const sorted = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}
