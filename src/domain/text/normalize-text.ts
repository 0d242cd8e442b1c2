/**
 * Matches invisible characters, which people copy together with a text. Examples are zero-width characters, direction
 * marks, soft hyphens, variation selectors, a byte order mark, and the frame of a keycap emoji.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u20E3]/gu;

const QUOTES = `"'\`´“”„‟«»‹›‘’‚‛＂＇「」`;
const QUOTED = new RegExp(`^[${QUOTES}](.*)[${QUOTES}]$`, "s");

/**
 * Removes invisible characters from a name, an ID, a recipient or a key. Also removes the blanks and (nested) quotation
 * marks around it.
 */
export function normalizeText(text: string): string {
  let tidy = text.replace(INVISIBLE, "").trim();
  for (let inside = QUOTED.exec(tidy)?.[1]; inside !== undefined; inside = QUOTED.exec(tidy)?.[1])
    tidy = inside.trim();
  return tidy;
}
