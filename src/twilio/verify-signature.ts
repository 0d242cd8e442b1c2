import { timingSafeEqual } from "node:crypto";

// Only this file of Twilio's client: the whole of it costs 30 MB.
import {
  getExpectedTwilioSignature,
  validateRequest,
  validateRequestWithBody,
} from "twilio/lib/webhooks/webhooks.js";

import type { AddressProof } from "../domain/address-proof.ts";
import type { FormParameters } from "./parse-form.ts";

/** Twilio's library reads no more than 1,000 parts of a query: what it does not read is signed by nobody. */
const MOST_QUERY_PARTS = 500;

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
    if (!URL.canParse(url) || url.split("&", MOST_QUERY_PARTS + 1).length > MOST_QUERY_PARTS) continue;
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

/**
 * The base that stands in the signed URL, character for character; null where only another spelling of `base` or
 * `target` verifies. `base`: an origin that `verifySignature` has accepted. `target`: path and query as received.
 */
export function signedBase(
  tokens: readonly string[],
  base: string,
  target: string,
  request: SignedRequest,
): AddressProof | null {
  if (isSignedAs(`${base}${target}`)) return { base, named: null };
  const portless = base.replace(/:\d+$/, "");
  if (portless !== base) return isSignedAs(`${portless}${target}`) ? { base: portless, named: base } : null;
  const defaultPort = base.startsWith("https:") ? 443 : 80;
  return isSignedAs(`${base}:${defaultPort}${target}`) ? { base, named: null } : null;

  function isSignedAs(url: string): boolean {
    const given = Buffer.from(request.signature);
    return tokens.some((token) => {
      const expected = Buffer.from(getExpectedTwilioSignature(token, url, request.parameters));
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}
