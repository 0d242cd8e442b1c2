/** One septet each. Source: 3GPP TS 23.038, the basic character set; twilio.com/docs/glossary/what-is-gsm-7-character-encoding */
const GSM =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** Two septets each, because an escape character precedes them. */
const GSM_EXTENDED = "^{}\\[~]|€\f";

const BASIC = new Set(GSM);
const EXTENDED = new Set(GSM_EXTENDED);

/** The length of one SMS, and of each part of a longer one, in septets or in UTF-16 units. */
const GSM_LENGTHS = { alone: 160, part: 153 };
const UNICODE_LENGTHS = { alone: 70, part: 67 };

/** The number of SMS in which a text is sent. Twilio bills each of them. 0 for an empty text. */
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

/** No character is divided between two parts. */
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
