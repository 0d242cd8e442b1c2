/**
 * What Twilio reports for a withheld number: a word, or the digits of its letters on a telephone.
 * Source: Twilio, "Why am I receiving calls from these strange numbers?"; Twilio writes RESTRICTED as 7378742883.
 */
const WORDS = /^(anonymous|restricted|unavailable|unknown|private|blocked|withheld)$/i;
const KEYS: Readonly<Record<string, string>> = {
  "266696687": "ANONYMOUS",
  "7378742833": "RESTRICTED",
  "7378742883": "RESTRICTED",
  "2562533": "BLOCKED",
  "8656696": "UNKNOWN",
  "86282452253": "UNAVAILABLE",
};

/** Whether a caller or sender that Twilio names (`From`) stands for a withheld number, as an empty text does. */
export function isWithheldNumber(address: string): boolean {
  return address === "" || WORDS.test(address) || KEYS[address.replace(/^\+/, "")] !== undefined;
}

/** Why nothing can be sent to a withheld number (`anonymous`, `+266696687`), without a full stop; null for any other. */
export function withheldNumberProblem(address: string): string | null {
  const nothing = "so nothing can be sent to it";
  const letters = KEYS[address.replace(/^\+/, "")];
  if (letters !== undefined)
    return `the caller withheld the number (${address} spells ${letters}), ${nothing}`;
  if (!WORDS.test(address)) return null;
  // Home Assistant uses `unknown` and `unavailable` as states.
  const other = /^un/i.test(address) ? ", or an entity of Home Assistant has no value" : "";
  return `the caller withheld the number (${address})${other}, ${nothing}`;
}
