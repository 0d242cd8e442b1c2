import { TEXTS as EN } from "./en/texts.ts";
import type { Texts } from "./en/texts.ts";

/** The texts by the primary subtag of a language, such as `de`; null for a language without a folder. */
const loaded = new Map<string, Texts | null>([["en", EN]]);

/** ISO 639 codes have two or three letters. */
const PRIMARY = /^[a-z]{2,3}$/;

/**
 * The texts in a language, such as `de` or `de-AT`. They are English if `loadTexts` has not loaded the language, or if
 * the language has no folder.
 */
export function textsFor(language: string): Texts {
  return loaded.get(primaryOf(language)) ?? EN;
}

/**
 * Loads the texts of a language for `textsFor`. Each folder of `texts/` is a language: the build finds all files that the
 * import below can mean.
 *
 * @returns whether the language has texts
 */
export async function loadTexts(language: string): Promise<boolean> {
  const primary = primaryOf(language);
  if (!PRIMARY.test(primary)) return false;
  const known = loaded.get(primary);
  if (known !== undefined) return known !== null;
  const texts = await readTexts(primary);
  loaded.set(primary, texts);
  return texts !== null;
}

async function readTexts(primary: string): Promise<Texts | null> {
  try {
    const { TEXTS } = (await import(`./${primary}/texts.ts`)) as { readonly TEXTS: Texts };
    return TEXTS;
  } catch {
    // There is no such folder.
    return null;
  }
}

function primaryOf(language: string): string {
  return language.split("-", 1)[0]?.trim().toLowerCase() ?? "";
}
