/** As long as browsers and proxies take it. */
const LONGEST = 2048;

/**
 * An address on the web that a person may be led to, in its normal spelling; null for anything else. Twilio, a provider
 * or an automation wrote it: `javascript:` and its like would run as a page of ours, and a user name before the host
 * (`https://twilio.com@other.example`) hides where the link leads.
 */
export function webAddress(text: unknown): string | null {
  if (typeof text !== "string" || text.length > LONGEST) return null;
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.username === "" && url.password === "" ? url.href : null;
}
