import { createHash } from "node:crypto";

import { callSid, isFinalCallStatus, messageSid, messageStatus } from "../../domain/events/webhook.ts";
import type { WebhookFields, WebhookKind } from "../../domain/events/webhook.ts";
import type { WebhookRoute } from "../../domain/events/webhook.ts";
import type { WebhookKey } from "../../inbound/webhook-key.ts";
import { hasOwnParameters } from "./own-parameters.ts";
import type { FormParameters } from "./verify/parse-form.ts";

/**
 * Parameters that Twilio adds when it sends a failed webhook to the fallback URL. All other parameters are those of the
 * failed webhook.
 */
const FALLBACK_PARAMETERS: readonly string[] = ["ErrorCode", "ErrorUrl"];
/** Parameters that may differ between two callbacks about the same status. */
const CALLBACK_PARAMETERS: readonly string[] = ["SequenceNumber", "Timestamp"];
/** Parameters of a status callback that are part of its event, in addition to the status. */
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
  /** The value of the header `I-Twilio-Idempotency-Token`, which Twilio does not sign. */
  readonly idempotencyToken: string | undefined;
  /** Whether a webhook with this key had been answered when the present one arrived. */
  readonly wasAnswered: (key: string) => boolean;
}

/**
 * Computes the dedupe key of a webhook. Webhooks with equal keys count as one webhook. A key is repeated if Twilio
 * retries the webhook or sends it to the fallback URL, or if an attacker sends a captured webhook. An attacker can do
 * so at any time, because a signature contains no time.
 *
 * One message or call may cause several webhooks, such as for two inputs to `<Gather>`. For these webhooks, the key
 * contains all parameters. If even the parameters are identical, Twilio's idempotency token decides.
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
  /**
   * Makes a key from all parameters. `openCall` is the SID of the call if the call is in progress. The app limits the
   * number of identical webhooks of one call.
   */
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
      // At `/webhook`, the event contains all parameters, so all of them are part of the key. At the app's callback
      // URLs, the event contains only the status and its details.
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

/**
 * Whether Twilio sent the webhook to the fallback URL. Only a webhook to the fallback URL has an `ErrorUrl`. An
 * `ErrorCode` alone is not enough, because a status callback may contain it as the reason of the status.
 */
function isFallback(parameters: FormParameters): boolean {
  return parameters["ErrorUrl"] !== undefined;
}

/**
 * Whether a Studio flow may have sent a webhook. For a GET, the user's URL may contain parameters of its own, so a
 * missing `ApiVersion` decides: Twilio itself always sends it.
 */
function isOfFlow({ isPost, parameters }: WebhookToKey): boolean {
  return hasOwnParameters(parameters) && (isPost || parameters["ApiVersion"] === undefined);
}

/**
 * Hashes the idempotency token. Returns null if the webhook has no token. Also returns null for a webhook to the
 * fallback URL or after the end of a call: an identical webhook can only be a repetition. Anybody can write this
 * unsigned header, so hashing limits its length.
 */
function tokenOf({ fields, parameters, idempotencyToken }: WebhookToKey): string | null {
  if (!idempotencyToken || isFallback(parameters) || isFinalCallStatus(fields["CallStatus"])) return null;
  return hash(idempotencyToken);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
