import type { InboundRoute } from "../../domain/events/webhook-routes.ts";
import type { AddressEvidence } from "../../inbound/address-evidence.ts";
import type { FormParameters } from "./verify/parse-form.ts";
import type { WebhookOrigin } from "./verify/refuse-webhook.ts";
import type { SignatureCheck } from "./verify/verify-signature.ts";

/**
 * A webhook, as a source has read it. The app's own port (`http/`) is one source, the webhook relay another. All
 * sources pass webhooks to the same `WebhookIntake`, which verifies and answers them.
 */
export interface InboundWebhook {
  readonly route: InboundRoute;
  /** The path of the webhook's URL below the public address, such as `/webhook`, perhaps with a slash at its end. */
  readonly path: string;
  /** The query of the URL as it was sent, with its `?`; empty if the URL has no query. */
  readonly query: string;
  /**
   * Whether the request had `path` in exactly this spelling. The signature is valid for differently escaped spellings,
   * too, which an attacker could use.
   */
  readonly isPathAsWritten: boolean;
  readonly isPost: boolean;
  /** The raw body of a JSON request; null for a form or a GET. */
  readonly json: string | null;
  /** The parameters of the form, or of the query for GET; empty for JSON. */
  readonly parameters: FormParameters;
  /** The text in the signature header. It has the form of a signature, but has not been verified. */
  readonly signature: string;
  /** The value of the header `I-Twilio-Idempotency-Token`, which Twilio does not sign. */
  readonly idempotencyToken: string | undefined;
  /**
   * The time from which the age of the webhook counts, in milliseconds since 1970. It is usually the time at which the
   * webhook arrived at the app's port or at the relay.
   */
  readonly receivedAt: number;
  /** Whether the source knows that automations must not act on the webhook, even if the webhook is new. */
  readonly isStale: boolean;
  /** The number that `WebhookIntake.noteArrival` returned before the body was read. */
  readonly arrival: number;
  readonly source: InboundSource;
}

/** Describes how a webhook came to the app: directly to its own port, or through the webhook relay. */
export interface InboundSource {
  /** Where the webhook came from, for the log. */
  readonly origin: WebhookOrigin;
  /**
   * The public address to which the webhook was sent. The answer's URLs are below it. Null means the app's present
   * public address.
   */
  readonly base: string | null;
  /**
   * The time until which the source waits for an answer, in milliseconds since 1970. Null if the source waits as long
   * as Twilio does.
   */
  readonly answerBy: number | null;
  readonly checkAddress: CheckSignedAddress;
  /** Called when the signature has turned out to be valid. */
  onVerified(): void;
}

/**
 * Checks whether Twilio signed the request for a public URL of this source. `target` is path and query; `check` checks
 * the request's signature.
 */
export type CheckSignedAddress = (
  target: string,
  check: SignatureCheck,
  isJson: boolean,
) => Promise<CheckedAddress>;

export type CheckedAddress =
  /**
   * The signature is valid. `evidence` is the public URL for which Twilio made the signature; null if the app cannot
   * learn its public address from this webhook.
   */
  | { readonly ok: true; readonly evidence: AddressEvidence | null }
  /** The signature is wrong. `problem` is the end of a log sentence about the request. */
  | { readonly ok: false; readonly problem: string };

/** The answer that Twilio gets. */
export type InboundAnswer =
  | { readonly kind: "twiml"; readonly twiml: string }
  /** The webhook is stored. Twilio needs no instruction. */
  | { readonly kind: "stored" }
  | RefusedAnswer;

/**
 * The webhook was refused and not stored. `status` is the HTTP status; `reason` is the end of a log sentence about the
 * request.
 */
export interface RefusedAnswer {
  readonly kind: "refused";
  readonly status: 400 | 403 | 405 | 413;
  readonly reason: string;
}
