/** Pairs of a pattern for typographic characters and the plain character that replaces them. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/[\p{Zs}\t]/gu, " "],
  [/[\p{Pd}\u2212\u2043\u02D7]/gu, "-"],
  // Japanese texts write this sign in place of a dash between digits.
  [/(?<=\d)[\u30FC\uFF70](?=\d)/gu, "-"],
  [/[\u207A\u2795\uFB29\uFE62]/gu, "+"],
  [/[\u2044\u2215\u29F8]/gu, "/"],
  [/[\u00B7\u2022\u2024\u2027\u2219\u22C5\u30FB\uFF65]/gu, "."],
  [/[\u2018\u2019\u201B\u2032\u00B4]/gu, "'"],
];

const PRINTABLE_ASCII = /^[ -~]*$/;

/** Replaces full-width forms (`＋４９`), digits of other scripts (`٤٩`), dashes and spaces by ASCII characters. */
export function toPlainCharacters(text: string): string {
  // Most texts are plain already. Without this check, `digitOf` would run for each of their digits.
  if (PRINTABLE_ASCII.test(text)) return text;
  const ascii = text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\p{Nd}/gu, digitOf);
  return PLAIN.reduce((changed, [from, to]) => changed.replace(from, to), ascii);
}

/**
 * Converts a digit of any script to an ASCII digit. Unicode lists the ten digits of each script in order, and some of
 * these lists follow each other without a gap.
 */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}
