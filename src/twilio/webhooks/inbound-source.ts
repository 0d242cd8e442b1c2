import type { AddressEvidence } from "../../inbound/address-evidence.ts";
import type { FormParameters } from "./verify/parse-form.ts";
import type { WebhookOrigin } from "./verify/refuse-webhook.ts";
import type { SignatureCheck } from "./verify/verify-signature.ts";
import type { InboundRoute } from "./webhook-routes.ts";

/**
 * A webhook, as its source has read it. The app's own port (`http/`) is one source. Every source passes its webhooks to
 * the same `WebhookIntake`, so that verification, journal and answers are shared.
 */
export interface InboundWebhook {
  readonly route: InboundRoute;
  /** The path of the webhook's URL after the public address: `/webhook`, maybe with a slash at its end. */
  readonly path: string;
  /** As it was sent, with its `?`; empty for none. */
  readonly query: string;
  /** Whether the request had `path` in this spelling: a path that is escaped differently verifies as well. */
  readonly isPathAsWritten: boolean;
  readonly isPost: boolean;
  /** The raw body of a JSON request; null for a form or a GET. */
  readonly json: string | null;
  /** Those of the form, or of the query for GET; empty for JSON. */
  readonly parameters: FormParameters;
  /** Has the form of a signature. */
  readonly signature: string;
  /** The header `I-Twilio-Idempotency-Token`, which is not signed. */
  readonly idempotencyToken: string | undefined;
  /** When the request had come, in milliseconds since 1970. */
  readonly receivedAt: number;
  /** Home Assistant must not act on it, whatever its age. */
  readonly isStale: boolean;
  /** What `WebhookIntake.noteArrival` returned before the body was read. */
  readonly arrival: number;
  readonly source: InboundSource;
}

/** What only the source of a request knows about it. */
export interface InboundSource {
  /** For the log. */
  readonly origin: WebhookOrigin;
  /**
   * The public address that the webhook came to, for URLs in its answer; null for the app's present public address.
   */
  readonly base: string | null;
  /** Until when the source waits for an answer, in milliseconds since 1970; null where it waits as long as Twilio. */
  readonly answerBy: number | null;
  readonly checkAddress: CheckSignedAddress;
  /** Called once the signature is known to be valid. */
  onVerified(): void;
}

/** Whether Twilio signed the request for a public URL of the source. `target`: path and query; `check`: its signature. */
export type CheckSignedAddress = (
  target: string,
  check: SignatureCheck,
  isJson: boolean,
) => Promise<CheckedAddress>;

export type CheckedAddress =
  /** `evidence`: what the signature says about the public address; null where there is nothing to learn. */
  | { readonly ok: true; readonly evidence: AddressEvidence | null }
  /** `problem`: the rest of a sentence about the request. */
  | { readonly ok: false; readonly problem: string };

/** How Twilio is to be answered. */
export type InboundAnswer =
  | { readonly kind: "twiml"; readonly twiml: string }
  /** Stored; there is nothing to say. */
  | { readonly kind: "stored" }
  | RefusedAnswer;

/** Nothing was stored. `reason`: the rest of a sentence about the request; `status`: HTTP's. */
export interface RefusedAnswer {
  readonly kind: "refused";
  readonly status: 400 | 403 | 405 | 413;
  readonly reason: string;
}
