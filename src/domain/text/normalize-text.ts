/**
 * What comes along unseen when something is copied: zero-width characters, direction marks, soft hyphens, variation
 * selectors, a byte order mark, the frame of a keycap.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u20E3]/gu;

const QUOTES = `"'\`´“”„‟«»‹›‘’‚‛＂＇「」`;
const QUOTED = new RegExp(`^[${QUOTES}](.*)[${QUOTES}]$`, "s");

/**
 * A name, an id, an address or a key without the blanks, the quotation marks (also doubled or nested ones) and the
 * invisible characters around and in it.
 */
export function normalizeText(text: string): string {
  let tidy = text.replace(INVISIBLE, "").trim();
  for (let inside = QUOTED.exec(tidy)?.[1]; inside !== undefined; inside = QUOTED.exec(tidy)?.[1])
    tidy = inside.trim();
  return tidy;
}
