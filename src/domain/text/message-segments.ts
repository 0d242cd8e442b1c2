/**
 * The characters of GSM-7, the short encoding of SMS, that take one septet (7 bits) each.
 * Source: 3GPP TS 23.038, the basic character set; twilio.com/docs/glossary/what-is-gsm-7-character-encoding
 */
const GSM =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** The characters of GSM-7 that take two septets, because an escape character precedes them. */
const GSM_EXTENDED = "^{}\\[~]|€\f";

const BASIC = new Set(GSM);
const EXTENDED = new Set(GSM_EXTENDED);

/**
 * How many septets of GSM-7 fit into an SMS that is sent alone, and into each part of a longer text. `UNICODE_LENGTHS`
 * has the numbers for all other texts, in UTF-16 units.
 */
const GSM_LENGTHS = { alone: 160, part: 153 };
const UNICODE_LENGTHS = { alone: 70, part: 67 };

/** Returns in how many SMS a text is sent, each of which Twilio bills. Returns 0 for an empty text. */
export function messageSegments(text: string): number {
  const characters = Array.from(text);
  const isGsm = characters.every((character) => BASIC.has(character) || EXTENDED.has(character));
  const widths = characters.map((character) =>
    isGsm ? (EXTENDED.has(character) ? 2 : 1) : character.length,
  );
  const { alone, part } = isGsm ? GSM_LENGTHS : UNICODE_LENGTHS;
  const length = widths.reduce((sum, width) => sum + width, 0);
  if (length === 0) return 0;
  return length <= alone ? 1 : countParts(widths, part);
}

/**
 * Counts the SMS of a long text. A character of two units is never divided between two SMS, so an SMS may have room
 * left.
 */
function countParts(widths: readonly number[], part: number): number {
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > part) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return parts;
}
