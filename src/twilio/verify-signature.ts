// Only this file of Twilio's client: the whole of it costs 30 MB.
import { validateRequest, validateRequestWithBody } from "twilio/lib/webhooks/webhooks.js";

import type { FormParameters } from "./parse-form.ts";

export interface SignedRequest {
  readonly signature: string;
  /** The parameters of a form POST; empty for GET, whose URL alone is signed. */
  readonly parameters: FormParameters;
  /** The raw body of a JSON request, whose hash stands in the URL as `bodySHA256`; null for a form. */
  readonly body: string | null;
}

/**
 * The first of `urls` under which one of `tokens` signed the request, or null. Compares in constant time; tries the
 * URL with and without its port, since Twilio signs calls without and messages with it.
 * Source: twilio.com/docs/usage/security
 */
export function verifySignature(
  tokens: readonly string[],
  urls: readonly string[],
  { signature, parameters, body }: SignedRequest,
): string | null {
  if (signature === "") return null;
  for (const url of urls) {
    // A URL made from a forged Host header need not be one.
    if (!URL.canParse(url)) continue;
    for (const token of tokens) {
      const valid =
        body === null
          ? validateRequest(token, signature, url, parameters)
          : validateRequestWithBody(token, signature, url, body);
      if (valid) return url;
    }
  }
  return null;
}
