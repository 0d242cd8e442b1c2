import { createHmac } from "node:crypto";

/** Parameter names with one value, or with all values of a repeated name. */
export type SignedParameters = Readonly<Record<string, string | readonly string[]>>;

/**
 * Computes `X-Twilio-Signature` from the URL and each parameter's name and value, sorted by name. The different values of
 * a repeated name are sorted. It follows the documentation and does not use Twilio's library, so that the two check each
 * other. Source: twilio.com/docs/usage/security
 */
export function signWebhook(authToken: string, url: string, parameters: SignedParameters): string {
  const text = Object.entries(parameters)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => [...new Set([value].flat())].toSorted().map((one) => name + one))
    .join("");
  return createHmac("sha1", authToken)
    .update(url + text, "utf8")
    .digest("base64");
}
