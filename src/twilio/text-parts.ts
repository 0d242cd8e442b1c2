import { xmlText } from "./xml-text.ts";

/** The longest that all of Twilio's voices speak at once. Source: twilio.com/docs/api/errors/13521 */
const LONGEST_PART = 3000;
/** Of the same, as it stands in an address. */
const LONGEST_ENCODED = 4500;

/** A text in parts that Twilio speaks, cut between words where there are any. */
export function textParts(text: string): string[] {
  let rest = xmlText(text);
  const parts: string[] = [];
  for (let most = longest(rest); rest.length > most; most = longest(rest)) {
    const blank = rest.lastIndexOf(" ", most);
    const end = blank > most / 2 ? blank : wholeCharacters(rest, most);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}

/** How much of the beginning fits into one part. */
function longest(text: string): number {
  let most = LONGEST_PART;
  while (encodeURIComponent(text.slice(0, wholeCharacters(text, most))).length > LONGEST_ENCODED)
    most = Math.floor(most * 0.8);
  return most;
}

/** Half an emoji is no character. */
function wholeCharacters(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
