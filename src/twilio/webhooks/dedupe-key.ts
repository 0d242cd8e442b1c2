import { createHash } from "node:crypto";

import { callSid, isFinalCallStatus, messageSid, messageStatus } from "../../domain/events/webhook.ts";
import type { WebhookFields, WebhookKind } from "../../domain/events/webhook.ts";
import type { WebhookRoute } from "../../domain/events/webhook.ts";
import type { WebhookKey } from "../../inbound/webhook-key.ts";
import { hasOwnParameters } from "./own-parameters.ts";
import type { FormParameters } from "./verify/parse-form.ts";

/** A request to the fallback URL has these as well; it is about the same. */
const FALLBACK_PARAMETERS: readonly string[] = ["ErrorCode", "ErrorUrl"];
/** Two callbacks about one status differ in these. */
const CALLBACK_PARAMETERS: readonly string[] = ["SequenceNumber", "Timestamp"];
/** All that a status event tells beside the status. */
const TOLD_PARAMETERS: readonly string[] = [
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
  /** Whether a request with that key was answered before this one came. */
  readonly wasAnswered: (key: string) => boolean;
}

/**
 * Two requests with the same key are one: Twilio's retry, its fallback URL, or a captured request sent again (a
 * signature carries no time, so it verifies for ever). Where a SID does not tell requests apart, such as two answers to
 * `<Gather>` in one call, all parameters do, and then the idempotency token.
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
  /** `openCall`: where it is about a call that goes on. */
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
      // All that came to `/webhook` stands in an event; what comes to our own routes is a status and nothing else.
      return key(
        sid,
        route === "webhook"
          ? hashOf(parameters, CALLBACK_PARAMETERS)
          : `status ${status ?? "-"}${told(fields)}`,
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

function told(fields: WebhookFields): string {
  const values = TOLD_PARAMETERS.map((name) => fields[name] ?? "");
  return values.some((value) => value !== "") ? ` ${hash(JSON.stringify(values))}` : "";
}

/** An `ErrorCode` alone is a reason, or none. */
function isFallback(parameters: FormParameters): boolean {
  return parameters["ErrorUrl"] !== undefined;
}

/**
 * In a GET, the parameters of the address stand among Twilio's. Twilio names its API's version in everything that no
 * flow sends.
 */
function isOfFlow({ isPost, parameters }: WebhookToKey): boolean {
  return hasOwnParameters(parameters) && (isPost || parameters["ApiVersion"] === undefined);
}

/**
 * Anybody can write a header: its length is bounded by hashing it. A fallback is no second request of its own, and
 * nothing is entered twice on a call that is over.
 */
function tokenOf({ fields, parameters, idempotencyToken }: WebhookToKey): string | null {
  if (!idempotencyToken || isFallback(parameters) || isFinalCallStatus(fields["CallStatus"])) return null;
  return hash(idempotencyToken);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
