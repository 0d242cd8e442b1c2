import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import type { AddressEvidence } from "../../../inbound/address-evidence.ts";
import type { FormParameters } from "./parse-form.ts";
import { urlSpellings } from "./url-spellings.ts";
import { visitSigned } from "./visit-signed.ts";
import { hasTooManyParameters } from "./webhook-limits.ts";

export interface SignedRequest {
  readonly signature: string;
  /** The parameters of a form POST. Empty for GET, because Twilio then signs only the URL. */
  readonly parameters: FormParameters;
  /** The raw body of a JSON request, whose hash is in the URL as `bodySHA256`; null for a form. */
  readonly body: string | null;
}

/**
 * How many bytes the check hashes for one request, which takes about 1 ms. Twilio's webhooks have only some kilobytes,
 * so the check tries all guessed public addresses. For a forged request of the largest size, it tries only some of
 * them.
 */
const MOST_HASHED_BYTES = 1_048_576;

/** Checks the signature of one request against several URLs. The parameters are sorted and joined once for all URLs. */
export interface SignatureCheck {
  /**
   * Finds the first of `urls` for which Twilio signed the request; null if none is found before `MOST_HASHED_BYTES` are
   * hashed. Tries the spellings that Twilio's own validator accepts.
   */
  find(urls: readonly string[]): string | null;
  /**
   * Finds how Twilio wrote the base (the public address) in the signed URL. `base` is the base of a URL that `find`
   * returned; `target` is path and query as received. Returns null if the signed URL differs in more than the port, or
   * if `MOST_HASHED_BYTES` are already hashed.
   */
  signedBase(base: string, target: string): AddressEvidence | null;
}

/**
 * Creates the check of Twilio's signature. The signature is an HMAC-SHA1 of the URL followed by all names and values,
 * sorted by name. The key of the HMAC is one of `tokens`. Compares in constant time. Source:
 * twilio.com/docs/usage/security
 */
export function checkSignature(tokens: readonly string[], request: SignedRequest): SignatureCheck {
  const given = Buffer.from(request.signature, "latin1");
  const text = Buffer.from(signedText(request.parameters));
  const escapedQueries = new Map<string, string>();
  let leftBytes = MOST_HASHED_BYTES;

  function isSigned(url: string): boolean {
    return tokens.some((token) => {
      leftBytes -= url.length + text.length;
      const expected = createHmac("sha1", token).update(url).update(text).digest("base64");
      return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected, "latin1"));
    });
  }

  /** Whether a JSON body has the hash in the URL. Hashes the body only if the URL's signature is valid. */
  function hasItsBody(url: string): boolean {
    if (request.body === null) return true;
    const signed = Buffer.from(new URL(url).searchParams.get("bodySHA256") ?? "");
    const actual = Buffer.from(createHash("sha256").update(request.body).digest("hex"));
    return signed.length === actual.length && timingSafeEqual(signed, actual);
  }

  return {
    find(urls) {
      for (const url of urls) {
        // Skips invalid URLs, which a forged Host header can cause. Skips long queries, because Twilio's library
        // ignores their last parameters.
        if (!URL.canParse(url) || hasTooManyParameters(url)) continue;
        for (const spelling of urlSpellings(url, escapedQueries)) {
          if (leftBytes <= 0) return null;
          if (isSigned(spelling)) return hasItsBody(url) ? url : null;
        }
      }
      return null;
    },
    signedBase(base, target) {
      if (leftBytes <= 0) return null;
      if (isSigned(`${base}${target}`)) return { base, hostNamedByCaller: null };
      const portless = base.replace(/:\d+$/, "");
      if (portless !== base)
        return isSigned(`${portless}${target}`) ? { base: portless, hostNamedByCaller: base } : null;
      const defaultPort = base.startsWith("https:") ? 443 : 80;
      return isSigned(`${base}:${defaultPort}${target}`) ? { base, hostNamedByCaller: null } : null;
    },
  };
}

/** Finds the first of `urls` for which one of `tokens` signed the request; null if no signature is valid. */
export function verifySignature(
  tokens: readonly string[],
  urls: readonly string[],
  request: SignedRequest,
): string | null {
  return checkSignature(tokens, request).find(urls);
}

/** Makes the text that Twilio signs: each name followed by its value. */
function signedText(parameters: FormParameters): string {
  let text = "";
  visitSigned(parameters, (name, value) => {
    text += name + value;
  });
  return text;
}
