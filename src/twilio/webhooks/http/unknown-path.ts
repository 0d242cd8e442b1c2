import type { Clock } from "../../../domain/clock.ts";
import type { Logger } from "../../../domain/log/logger.ts";
import type { PublicAddress } from "../public-address.ts";
import { verifySignature } from "../verify/verify-signature.ts";
import type { WebhookAccount } from "../verify/verify-webhook.ts";
import { createRequestReader, headersOf, signatureIn } from "./read-request.ts";
import type { WebhookContext } from "./read-request.ts";

/** The shortest time between two warnings, in milliseconds. Twilio uses a wrong URL again and again. */
const WARN_AGAIN_MS = 3_600_000;

export interface UnknownPathOptions {
  readonly address: Pick<PublicAddress, "candidates">;
  readonly account: Pick<WebhookAccount, "tokens" | "isProvider">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Creates the handler for all paths that the app does not have. The handler answers 404. If Twilio has signed the
 * request, the handler also logs the right URL.
 */
export function createUnknownPath(options: UnknownPathOptions) {
  const { account, address, clock, logger } = options;
  const readRequest = createRequestReader(clock);
  let warnedAt = -Infinity;

  return async function unknownPath(c: WebhookContext): Promise<Response> {
    const base = clock.now() - warnedAt < WARN_AGAIN_MS ? null : await signedFor(c);
    if (base !== null) {
      warnedAt = clock.now();
      logger.warning(
        `Twilio sent a webhook to a URL that the app does not have, so it was answered with 404. In the Twilio Console enter ${base}/webhook for calls and messages, and ${base}/status/call for call statuses.`,
      );
    }
    return c.text("Not found", 404);
  };

  /**
   * Finds the public address for which the request was signed; null if no signature is valid. The app does not learn
   * this public address, because the path is wrong. Does not read a request without a signature.
   */
  async function signedFor(c: WebhookContext): Promise<string | null> {
    const signature = signatureIn(c, account.isProvider);
    if (signature === null) return null;
    const read = await readRequest(c);
    if (!read.ok) return null;
    const parameters = read.isPost ? read.parameters : {};
    const target = c.env.incoming.url ?? "";
    for (const base of address.candidates(headersOf(c)).filter((url) => URL.canParse(url))) {
      // A proxy may forward the path of `public_url` or remove it. Twilio signs the URL with this path in both cases.
      const urls = [...new Set([base, new URL(base).origin])].map((before) => before + target);
      if (verifySignature(account.tokens, urls, { signature, parameters, body: read.json }) !== null)
        return base;
    }
    return null;
  }
}
