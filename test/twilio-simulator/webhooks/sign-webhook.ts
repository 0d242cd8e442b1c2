import { createHmac } from "node:crypto";

/** Parameter names with one value, or with all values of a repeated name. */
export type SignedParameters = Readonly<Record<string, string | readonly string[]>>;

/**
 * `X-Twilio-Signature` as Twilio makes it: the URL, then each parameter's name and value, sorted by name; repeated
 * names with their different values sorted. Written from the documentation, not with Twilio's library, so that the
 * two check each other. Source: twilio.com/docs/usage/security
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
