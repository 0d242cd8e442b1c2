import type { Logger } from "../domain/logger.ts";
import { parseForm } from "./parse-form.ts";
import type { PublicAddress } from "./public-address.ts";
import { readBody } from "./read-body.ts";
import { isJsonType, MOST_BODY_BYTES, signatureIn } from "./verify-request.ts";
import type { WebhookContext } from "./verify-request.ts";
import { verifySignature } from "./verify-signature.ts";

/** Somebody who has entered a wrong address looks into the log once; Twilio goes on calling. */
const WARN_AGAIN_MS = 3_600_000;

export interface UnknownPathOptions {
  readonly address: Pick<PublicAddress, "known">;
  readonly tokens: readonly string[];
  readonly isProvider: boolean;
  readonly now: () => number;
  readonly logger: Logger;
}

/** Answers what comes to any other path with 404. Where Twilio signed it, the log says which address is right. */
export function createUnknownPath(options: UnknownPathOptions) {
  const { address, now, logger } = options;
  let warnedAt = -Infinity;

  return async function unknownPath(c: WebhookContext): Promise<Response> {
    const base = address.known();
    if (base !== null && now() - warnedAt >= WARN_AGAIN_MS && (await isSigned(c, base))) {
      warnedAt = now();
      logger.warning(
        `Twilio sent a webhook to an address that the app does not have, so it was answered with 404. In Twilio's console enter ${base}/webhook for calls and messages, and ${base}/status/call for call statuses.`,
      );
    }
    return c.text("Not found", 404);
  };

  /** An unsigned request costs nothing. */
  async function isSigned(c: WebhookContext, base: string): Promise<boolean> {
    const signature = signatureIn(c, options.isProvider);
    if (signature === "") return false;
    const isPost = c.req.method === "POST";
    const text = isPost ? await readBody(c.env.incoming, MOST_BODY_BYTES).catch(() => null) : "";
    if (text === null) return false;
    const isJson = isPost && isJsonType(c.req.header("content-type"));
    const target = c.env.incoming.url ?? "";
    // Behind the path of public_url, or beside it.
    const urls = [...new Set([base, new URL(base).origin])].map((before) => before + target);
    const parameters = isPost && !isJson ? parseForm(text) : {};
    return (
      verifySignature(options.tokens, urls, { signature, parameters, body: isJson ? text : null }) !== null
    );
  }
}
