import type { InboundRoute } from "../../domain/events/webhook-routes.ts";
import type { AddressEvidence } from "../../inbound/address-evidence.ts";
import type { FormParameters } from "./verify/parse-form.ts";
import type { WebhookOrigin } from "./verify/refuse-webhook.ts";
import type { SignatureCheck } from "./verify/verify-signature.ts";

/**
 * A webhook, as its source has read it. The app's own port (`http/`) is one source. Every source passes its webhooks to
 * the same `WebhookIntake`, so that verification, journal and answers are shared.
 */
export interface InboundWebhook {
  readonly route: InboundRoute;
  /** The path of the webhook's URL after the public address: `/webhook`, maybe with a slash at its end. */
  readonly path: string;
  /** The query of the URL as it was sent, with its `?`; empty for none. */
  readonly query: string;
  /** Whether the request had `path` in exactly this spelling. A path that is escaped differently also verifies. */
  readonly isPathAsWritten: boolean;
  readonly isPost: boolean;
  /** The raw body of a JSON request; null for a form or a GET. */
  readonly json: string | null;
  /** The parameters of the form, or of the query for GET; empty for JSON. */
  readonly parameters: FormParameters;
  /** The text in the signature header, which has the form of a signature but is not verified. */
  readonly signature: string;
  /** The header `I-Twilio-Idempotency-Token`, which is not signed. */
  readonly idempotencyToken: string | undefined;
  /** When the request arrived, in milliseconds since 1970. */
  readonly receivedAt: number;
  /** Whether automations must not act on the webhook, at any age. */
  readonly isStale: boolean;
  /** What `WebhookIntake.noteArrival` returned before the body was read. */
  readonly arrival: number;
  readonly source: InboundSource;
}

/** What only the source of a webhook knows about it. */
export interface InboundSource {
  /** Where the webhook came from, for the log. */
  readonly origin: WebhookOrigin;
  /**
   * The public address that the webhook came to, for URLs in its answer; null for the app's present public address.
   */
  readonly base: string | null;
  /** The time until which the source waits for an answer, in milliseconds since 1970; null if it waits as long as Twilio. */
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
  /**
   * `evidence`: what the signature shows about the public address; null if the app cannot learn it from this webhook.
   */
  | { readonly ok: true; readonly evidence: AddressEvidence | null }
  /** `problem`: the end of a log sentence about the request. */
  | { readonly ok: false; readonly problem: string };

/** The answer that Twilio gets. */
export type InboundAnswer =
  | { readonly kind: "twiml"; readonly twiml: string }
  /** The webhook is stored, and Twilio needs no instruction. */
  | { readonly kind: "stored" }
  | RefusedAnswer;

/** Nothing was stored. `reason`: the end of a log sentence about the request; `status`: the HTTP status. */
export interface RefusedAnswer {
  readonly kind: "refused";
  readonly status: 400 | 403 | 405 | 413;
  readonly reason: string;
}
