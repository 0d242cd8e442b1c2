/** The highest length of an accepted URL, in characters. Some browsers and proxies do not accept longer URLs. */
const MAX_LENGTH = 2048;

/**
 * Returns the normalized URL if a page can safely show it as a link; otherwise null. The text comes from Twilio, a
 * provider or an automation, so it may be an attack. `javascript:` would run in the app's page, and a user name
 * (`https://twilio.com@other.example`) hides the target.
 */
export function webAddress(text: unknown): string | null {
  if (typeof text !== "string" || text.length > MAX_LENGTH) return null;
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.username === "" && url.password === "" ? url.href : null;
}
