import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import type { AddressEvidence } from "../../../inbound/address-evidence.ts";
import type { FormParameters } from "./parse-form.ts";
import { urlSpellings } from "./url-spellings.ts";
import { hasTooManyParameters } from "./webhook-limits.ts";

export interface SignedRequest {
  readonly signature: string;
  /** The parameters of a form POST; empty for GET, whose URL alone is signed. */
  readonly parameters: FormParameters;
  /** The raw body of a JSON request, whose hash stands in the URL as `bodySHA256`; null for a form. */
  readonly body: string | null;
}

/**
 * The most bytes that are hashed for one request, which takes about 1 ms. Twilio's webhooks have some kilobytes, so all
 * guesses of the public address can be tested. For a forged request of the largest size, only some guesses are tested.
 */
const MOST_HASHED_BYTES = 1_048_576;

/**
 * Checks the signature of one request against several URLs. Its parameters are sorted and joined once for all of them.
 */
export interface SignatureCheck {
  /**
   * The first of `urls` for which the request was signed, in any spelling that Twilio's own validator accepts; else
   * null.
   */
  find(urls: readonly string[]): string | null;
  /**
   * The base in the signed URL, character for character. Null if only another spelling of `base` or `target` verifies.
   * `base`: the base of a URL that `find` returned. `target`: path and query as received.
   */
  signedBase(base: string, target: string): AddressEvidence | null;
}

/**
 * Checks Twilio's signature: HMAC-SHA1, keyed with the token, of the URL followed by each name and value in the order
 * of their names. Compares in constant time. Source: twilio.com/docs/usage/security
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

  /**
   * Twilio signs the hash of a JSON body as a part of the URL. The body is hashed only if the URL itself was signed.
   */
  function hasItsBody(url: string): boolean {
    if (request.body === null) return true;
    const signed = Buffer.from(new URL(url).searchParams.get("bodySHA256") ?? "");
    const actual = Buffer.from(createHash("sha256").update(request.body).digest("hex"));
    return signed.length === actual.length && timingSafeEqual(signed, actual);
  }

  return {
    find(urls) {
      for (const url of urls) {
        // A forged Host header can make an invalid URL. Of many parameters, Twilio's library ignores the last ones.
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

/** The first of `urls` for which one of `tokens` signed the request; null if there is none. */
export function verifySignature(
  tokens: readonly string[],
  urls: readonly string[],
  request: SignedRequest,
): string | null {
  return checkSignature(tokens, request).find(urls);
}

/** The text of the parameters that Twilio signs: names in order, each with its values. A repeated value counts once. */
function signedText(parameters: FormParameters): string {
  let text = "";
  for (const name of Object.keys(parameters).toSorted()) {
    const value = parameters[name] ?? "";
    const values = typeof value === "string" ? [value] : [...new Set(value)].toSorted();
    for (const one of values) text += name + one;
  }
  return text;
}
