/** The longest URL, in characters, that browsers and proxies accept. */
const MAX_LENGTH = 2048;

/**
 * A URL that is safe as a link, in its normal spelling; null for anything else. The text comes from Twilio, a provider
 * or an automation. `javascript:` would run in the app's page, and a user name before the host
 * (`https://twilio.com@other.example`) hides the target of a link.
 */
export function webAddress(text: unknown): string | null {
  if (typeof text !== "string" || text.length > MAX_LENGTH) return null;
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.username === "" && url.password === "" ? url.href : null;
}
