import { EXAMPLES } from "./example-number.ts";

/**
 * Matches a phone number: seven or more digits, also with blanks, punctuation or invisible characters between them.
 *
 * Without a `+`, digits directly after a letter, `-` or `_`, or before four letters, do not match. Such digits belong
 * to a Twilio SID or a UUID. Digits after a point match only if two letters precede the point, as in a WhatsApp user
 * name (`US.1349…`). Otherwise they belong to a decimal or a version.
 */
const NUMBER =
  /\+\d(?:[ ().\-/_·‐-―\u00a0\p{Cf}]{0,4}\d){6,}|(?:(?<![\w.-])|(?<=\p{L}{2}\.))\d(?:[ ().\-/\u00a0‐-―\p{Cf}]{0,4}\d){6,}(?!\d|\w{4}|\w*-\w{4}-)/gu;
/**
 * Matches digits that are no phone number: an IP address, a version of Home Assistant, or a date with the hour after
 * it.
 */
const OTHER_DIGITS = /^(\d{1,3}(\.\d{1,3}){3}|20\d\d\.\d{1,2}\.\d{1,2}|20\d\d-[01]\d-[0-3]\d( [0-2]\d)?)$/;

const EXAMPLE = new RegExp(`((?:${EXAMPLES.map(RegExp.escape).join("|")})(?!\\d))`);

/**
 * Masks each phone number in `text`, so that only its first two and last two digits stay: `+12…23`. Leaves the example
 * numbers of the app's own sentences unmasked.
 */
export function maskNumber(text: string): string {
  return text
    .split(EXAMPLE)
    .map((part) => (EXAMPLES.includes(part) ? part : maskAll(part)))
    .join("");
}

function maskAll(text: string): string {
  return text.replace(NUMBER, (number) => {
    if (OTHER_DIGITS.test(number)) return number;
    const digits = number.replace(/\D/g, "");
    return `${number.startsWith("+") ? "+" : ""}${digits.slice(0, 2)}…${digits.slice(-2)}`;
  });
}
