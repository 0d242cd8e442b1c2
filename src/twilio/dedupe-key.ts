import { createHash } from "node:crypto";

import { classifyWebhook, isFinalCallState, messageSid } from "../domain/classify-webhook.ts";
import type { WebhookFields } from "../domain/classify-webhook.ts";
import type { WebhookKey } from "../domain/webhook-key.ts";
import type { FormParameters } from "./parse-form.ts";

/**
 * Two requests with the same key are one: Twilio's retry, its fallback URL, or a captured request sent again (a
 * signature carries no time, so it verifies for ever). Where a SID and a status do not tell requests apart, such as
 * two answers to `<Gather>` in one call, all parameters do, and then the header `I-Twilio-Idempotency-Token`.
 */
export function dedupeKey(
  fields: WebhookFields,
  parameters: FormParameters,
  idempotencyToken: string | undefined,
): WebhookKey {
  const message = messageSid(fields) ?? null;
  const call = fields["CallSid"] ?? null;
  switch (classifyWebhook(fields)) {
    case "message":
      return { sid: message, key: `${message}:received`, token: null };
    case "message_status":
      return { sid: message, key: `${message}:${fields["MessageStatus"]}`, token: null };
    case "incoming_call":
      return { sid: call, key: `${call}:ringing`, token: null };
    case "call_status":
      if (isFinalCallState(fields["CallStatus"]))
        return { sid: call, key: `${call}:${fields["CallStatus"]}`, token: null };
      return { sid: call, key: `${call}:${hashOf(parameters)}`, token: null };
    case "call":
      return { sid: call, key: `${call}:${hashOf(parameters)}`, token: tokenFrom(idempotencyToken) };
    case "other":
      return { sid: null, key: `-:${hashOf(parameters)}`, token: null };
  }
}

function hashOf(parameters: FormParameters): string {
  const sorted = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}

/** Anybody can write a header: its length is bounded by hashing it. */
function tokenFrom(header: string | undefined): string | null {
  return header ? createHash("sha256").update(header).digest("hex") : null;
}
