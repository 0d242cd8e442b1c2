/**
 * Twilio's values for the number of a caller who withholds it: one of these words, or a word typed on a
 * telephone's keys. Source: Twilio, "Why am I receiving calls from these strange numbers?"; Twilio writes RESTRICTED as
 * 7378742883.
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

/** Whether `From` of a call or message means that the number is withheld. An empty text means the same. */
export function isWithheldNumber(address: string): boolean {
  return address === "" || WORDS.test(address) || KEYS[address.replace(/^\+/, "")] !== undefined;
}

/**
 * Describes why nothing can be sent to a withheld number such as `anonymous` or `+266696687`, without a full stop.
 * Returns null for every other number, and for an empty text.
 */
export function withheldNumberProblem(address: string): string | null {
  const nothing = "so nothing can be sent to it";
  const letters = KEYS[address.replace(/^\+/, "")];
  if (letters !== undefined)
    return `the caller withheld the number (${address} spells ${letters}), ${nothing}`;
  if (!WORDS.test(address)) return null;
  // `unknown` and `unavailable` are also states of entities in Home Assistant, which a template may have inserted.
  const other = /^un/i.test(address) ? ", or an entity of Home Assistant has no value" : "";
  return `the caller withheld the number (${address})${other}, ${nothing}`;
}
