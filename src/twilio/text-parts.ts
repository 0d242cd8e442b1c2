import { xmlText } from "./xml-text.ts";

/** The longest that all of Twilio's voices speak at once. Source: twilio.com/docs/api/errors/13521 */
const LONGEST_PART = 3000;

/** A text in parts that Twilio speaks, cut between words where there are any. */
export function textParts(text: string): string[] {
  let rest = xmlText(text);
  const parts: string[] = [];
  while (rest.length > LONGEST_PART) {
    const blank = rest.lastIndexOf(" ", LONGEST_PART);
    const end = blank > LONGEST_PART / 2 ? blank : wholeCharacters(rest, LONGEST_PART);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}

/** Half an emoji is no character. */
function wholeCharacters(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
