/**
 * Without the characters that XML forbids: Twilio's TwiML builder throws on them, and whoever is called should hear
 * the rest of the text all the same. Source: www.w3.org/TR/xml/#charsets
 */
export function xmlText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  return text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "");
}
