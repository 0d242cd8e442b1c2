import { EXAMPLES } from "./example-number.ts";

/**
 * Seven digits or more in a row, spaced as people write them or with invisible
 * characters as address books add them, are taken for a phone number. Without a `+`, those of a SID
 * or UUID follow or precede letters; those of a WhatsApp user name (`US.1349…`) or of a shortened word follow a point.
 */
const NUMBER =
  /\+\d(?:[ ().\-/_·‐-―\u00a0\p{Cf}]{0,4}\d){6,}|(?:(?<![\w.-])|(?<=\p{L}{2}\.))\d(?:[ ().\-/\u00a0‐-―\p{Cf}]{0,4}\d){6,}(?!\d|\w{4}|\w*-\w{4}-)/gu;
/** An IP address, a version of Home Assistant, or a date with the hour after it. */
const OTHER_DIGITS = /^(\d{1,3}(\.\d{1,3}){3}|20\d\d\.\d{1,2}\.\d{1,2}|20\d\d-[01]\d-[0-3]\d( [0-2]\d)?)$/;

const EXAMPLE = new RegExp(`((?:${EXAMPLES.map(RegExp.escape).join("|")})(?!\\d))`);

/** `text` with every phone number reduced to its first two and last two digits: `+12…23`. Our own examples stay. */
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
