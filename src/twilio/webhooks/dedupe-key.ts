import { createHash } from "node:crypto";

import { callSid, isFinalCallStatus, messageSid, messageStatus } from "../../domain/events/webhook.ts";
import type { WebhookFields, WebhookKind } from "../../domain/events/webhook.ts";
import type { WebhookRoute } from "../../domain/events/webhook.ts";
import type { WebhookKey } from "../../inbound/webhook-key.ts";
import { hasOwnParameters } from "./own-parameters.ts";
import type { FormParameters } from "./verify/parse-form.ts";

/** Parameters that only a webhook to the fallback URL has. Otherwise it equals the failed webhook. */
const FALLBACK_PARAMETERS: readonly string[] = ["ErrorCode", "ErrorUrl"];
/** Parameters that differ between two callbacks about one status. */
const CALLBACK_PARAMETERS: readonly string[] = ["SequenceNumber", "Timestamp"];
/** Parameters of a status callback that change its event, besides the status. */
const STATUS_DETAILS: readonly string[] = [
  "ErrorCode",
  "ErrorMessage",
  "AnsweredBy",
  "CallDuration",
  "RecordingSid",
  "RecordingUrl",
];

export interface WebhookToKey {
  readonly kind: WebhookKind;
  readonly route: WebhookRoute;
  readonly isPost: boolean;
  readonly fields: WebhookFields;
  readonly parameters: FormParameters;
  readonly signature: string;
  /** The header `I-Twilio-Idempotency-Token`. */
  readonly idempotencyToken: string | undefined;
  /** Whether a webhook with this key was answered before this one arrived. */
  readonly wasAnswered: (key: string) => boolean;
}

/**
 * Computes the dedupe key of a webhook. Webhooks with the same key are one: Twilio's retry, its fallback URL, or a
 * captured webhook that is sent again. A captured webhook verifies for ever, because a signature contains no time.
 *
 * If several webhooks can be about the same message or call, such as two inputs to `<Gather>` in one call, the key
 * contains all parameters. If these are identical, too, the idempotency token decides.
 */
export function dedupeKey(webhook: WebhookToKey): WebhookKey {
  const { kind, route, fields, parameters, signature } = webhook;
  const message = messageSid(fields) ?? null;
  const call = callSid(fields) ?? null;
  const key = (sid: string | null, rest: string): WebhookKey => ({
    sid,
    key: `${sid ?? "-"}:${rest}`,
    identicalWebhook: null,
    signature,
  });
  /** Makes a key from all parameters. `openCall`: the SID of the call, if it is in progress. */
  const byContent = (sid: string | null, openCall: string | null = null): WebhookKey => {
    const known = key(sid, hashOf(parameters));
    const token = tokenOf(webhook);
    if (token === null) return known;
    const isFirstAnswered = webhook.wasAnswered(known.key);
    return { ...known, identicalWebhook: { token, scope: openCall ?? known.key, isFirstAnswered } };
  };
  switch (kind) {
    case "message":
      return isOfFlow(webhook) ? byContent(message) : key(message, "received");
    case "incoming_call":
      return isOfFlow(webhook) ? byContent(call, call) : key(call, "ringing");
    case "call":
      return byContent(call, call);
    case "other":
      return byContent(message);
    case "message_status":
    case "call_status": {
      const sid = kind === "call_status" ? call : message;
      const status = kind === "call_status" ? fields["CallStatus"] : messageStatus(fields);
      // On `/webhook`, the event has all parameters of the webhook. On the app's other paths, it has only the status
      // and its details.
      return key(
        sid,
        route === "webhook"
          ? hashOf(parameters, CALLBACK_PARAMETERS)
          : `status ${status ?? "-"}${statusDetails(fields)}`,
      );
    }
    case "recording":
      return key(call, `recording callback ${hashOf(parameters)}`);
  }
}

function hashOf(parameters: FormParameters, leftOut: readonly string[] = []): string {
  const without = isFallback(parameters) ? [...leftOut, ...FALLBACK_PARAMETERS] : leftOut;
  const names = Object.keys(parameters).filter((name) => !without.includes(name));
  return hash(JSON.stringify(names.toSorted().map((name) => [name, parameters[name]])));
}

function statusDetails(fields: WebhookFields): string {
  const values = STATUS_DETAILS.map((name) => fields[name] ?? "");
  return values.some((value) => value !== "") ? ` ${hash(JSON.stringify(values))}` : "";
}

/** Only a webhook to the fallback URL has an `ErrorUrl`. An `ErrorCode` alone is the reason of a status. */
function isFallback(parameters: FormParameters): boolean {
  return parameters["ErrorUrl"] !== undefined;
}

/**
 * Whether a Studio flow may have sent a webhook. A GET also has the parameters of the app's own URL, so for a GET the
 * `ApiVersion` decides: Twilio itself always sends it.
 */
function isOfFlow({ isPost, parameters }: WebhookToKey): boolean {
  return hasOwnParameters(parameters) && (isPost || parameters["ApiVersion"] === undefined);
}

/**
 * The hashed idempotency token; null if a repeat cannot be genuine. Webhooks to a fallback URL, and those of a call that
 * has ended, are never genuine repeats. Hashing limits the length of the header, which anybody can write.
 */
function tokenOf({ fields, parameters, idempotencyToken }: WebhookToKey): string | null {
  if (!idempotencyToken || isFallback(parameters) || isFinalCallStatus(fields["CallStatus"])) return null;
  return hash(idempotencyToken);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
