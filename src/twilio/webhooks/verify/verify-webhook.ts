import type { WebhookFields } from "../../../domain/events/webhook.ts";
import type { AddressEvidence } from "../../../inbound/address-evidence.ts";
import type { InboundWebhook, RefusedAnswer } from "../inbound-source.ts";
import { parameterProblem } from "./check-parameters.ts";
import type { CheckParametersOptions } from "./check-parameters.ts";
import { firstValues } from "./parse-form.ts";
import type { FormParameters } from "./parse-form.ts";
import { parseJson } from "./parse-json.ts";
import type { RefuseWebhook } from "./refuse-webhook.ts";
import { checkSignature } from "./verify-signature.ts";

/** The account whose webhooks the app accepts, and the keys with which they are signed. */
export interface WebhookAccount extends CheckParametersOptions {
  /**
   * The accepted keys: the present auth token and, while the user changes it at Twilio, the previous one. With the
   * option `webhook_secret`, only the provider's key.
   */
  readonly tokens: readonly string[];
  /** Whether a compatible provider signs the webhooks. A provider has its own key, and may use its own header. */
  readonly isProvider: boolean;
}

export interface WebhookVerifierOptions {
  readonly account: WebhookAccount;
  /** Is called for a request with a wrong signature, with the AccountSid in its form, query or JSON. */
  readonly onWrongSignature: (accountSid: string | undefined) => void;
  readonly refuse: RefuseWebhook;
}

/** A request with a valid signature and acceptable parameters. */
export interface VerifiedWebhook {
  readonly ok: true;
  readonly fields: WebhookFields;
  readonly parameters: FormParameters;
  /**
   * The public address for which Twilio signed the webhook. Null if the app knows its public address already, or if the
   * signature does not show exactly how Twilio writes it.
   */
  readonly addressEvidence: AddressEvidence | null;
}

export type WebhookVerification = VerifiedWebhook | { readonly ok: false; readonly answer: RefusedAnswer };

export type VerifyWebhook = (webhook: InboundWebhook) => Promise<WebhookVerification>;

/** Creates the check of signature and parameters that every webhook must pass, from all sources and on all routes. */
export function createWebhookVerifier({
  account,
  onWrongSignature,
  refuse,
}: WebhookVerifierOptions): VerifyWebhook {
  return async (webhook) => {
    const { isPost, json, query, signature, source } = webhook;
    const refused = (status: RefusedAnswer["status"], reason: string, kind?: string) =>
      ({ ok: false, answer: refuse(source.origin, status, reason, kind) }) as const;

    const check = checkSignature(account.tokens, {
      signature,
      parameters: isPost ? webhook.parameters : {},
      body: json,
    });
    const body = json === null ? ({ ok: true, parameters: webhook.parameters } as const) : parseJson(json);
    const checked = await source.checkAddress(webhook.path + query, check, json !== null);
    if (!checked.ok) {
      onWrongSignature(body.ok ? firstValues(body.parameters)["AccountSid"] : undefined);
      return refused(403, checked.problem, "wrong signature");
    }
    source.onVerified();
    // Twilio signs the hash of a JSON body as a part of the URL. In a request without JSON, the hash proves nothing.
    if (json === null && new URLSearchParams(query).has("bodySHA256"))
      return refused(400, "its address has a bodySHA256, but its body is not JSON");
    if (!body.ok) return refused(400, body.reason);
    const { parameters } = body;
    const fields = firstValues(parameters);
    if (Object.keys(fields).length === 0) return refused(400, "it has no parameters");
    const format = json !== null ? "json" : isPost ? "form" : "query";
    const problem = parameterProblem({ query, parameters, source: format }, account);
    if (problem !== null) return refused(problem.status, problem.reason);
    return { ok: true, fields, parameters, addressEvidence: checked.evidence };
  };
}
