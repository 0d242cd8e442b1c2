import { createHash } from "node:crypto";

import { isFinalCallState, messageSid, messageStatus } from "../domain/classify-webhook.ts";
import type { WebhookFields, WebhookKind } from "../domain/classify-webhook.ts";
import type { WebhookKey } from "../domain/webhook-key.ts";
import type { FormParameters } from "./parse-form.ts";

/** A request to the fallback URL has these as well; it is about the same. */
const FALLBACK_PARAMETERS: ReadonlySet<string> = new Set(["ErrorCode", "ErrorUrl"]);

export interface VerifiedWebhook {
  readonly kind: WebhookKind;
  readonly fields: WebhookFields;
  readonly parameters: FormParameters;
  readonly signature: string;
  /** The header `I-Twilio-Idempotency-Token`. */
  readonly idempotencyToken: string | undefined;
}

/**
 * Two requests with the same key are one: Twilio's retry, its fallback URL, or a captured request sent again (a
 * signature carries no time, so it verifies for ever). Where a SID and a status do not tell requests apart, such as
 * two answers to `<Gather>` in one call, all parameters do, and then the idempotency token.
 */
export function dedupeKey(webhook: VerifiedWebhook): WebhookKey {
  const { kind, fields, parameters, signature } = webhook;
  const message = messageSid(fields) ?? null;
  const call = fields["CallSid"] ?? null;
  const key = (sid: string | null, rest: string, token: string | null = null): WebhookKey => ({
    sid,
    key: `${sid ?? "-"}:${rest}`,
    token,
    signature,
  });
  switch (kind) {
    case "message":
      return key(message, "received");
    case "message_status":
      return key(message, messageStatus(fields) ?? hashOf(parameters));
    case "incoming_call":
      return key(call, "ringing");
    case "call_status": {
      const status = fields["CallStatus"];
      return key(call, status !== undefined && isFinalCallState(status) ? status : hashOf(parameters));
    }
    case "call":
      return key(call, hashOf(parameters), tokenOf(webhook));
    case "recording":
      return key(call, `recording ${fields["RecordingSid"] ?? hashOf(parameters)}`);
    case "other":
      return key(null, hashOf(parameters));
  }
}

function hashOf(parameters: FormParameters): string {
  const told = Object.keys(parameters)
    .filter((name) => !FALLBACK_PARAMETERS.has(name))
    .toSorted()
    .map((name) => [name, parameters[name]]);
  return createHash("sha256").update(JSON.stringify(told)).digest("hex");
}

/** Anybody can write a header: its length is bounded by hashing it. A fallback is no second request of its own. */
function tokenOf({ parameters, idempotencyToken }: VerifiedWebhook): string | null {
  if (!idempotencyToken || parameters["ErrorCode"] !== undefined) return null;
  return createHash("sha256").update(idempotencyToken).digest("hex");
}
