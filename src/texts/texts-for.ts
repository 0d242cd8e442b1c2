import { TEXTS as EN } from "./en/texts.ts";
import type { Texts } from "./en/texts.ts";

/** The loaded texts by the first part of a language code, such as `de`. Null for a language that has no folder. */
const loaded = new Map<string, Texts | null>([["en", EN]]);

/** Matches a language code of ISO 639, which has two or three letters. */
const PRIMARY = /^[a-z]{2,3}$/;

/**
 * Returns the texts in a language such as `de` or `de-AT`. They are English if the language has no folder, or if
 * `loadTexts` has not loaded it.
 */
export function textsFor(language: string): Texts {
  return loaded.get(primaryOf(language)) ?? EN;
}

/**
 * Loads the texts of a language, so that `textsFor` can return them. Each folder of `texts/` is a language. The build
 * bundles all files that the import below can name.
 *
 * @returns whether the language has a folder
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
    // `texts/` has no folder for this language.
    return null;
  }
}

function primaryOf(language: string): string {
  return language.split("-", 1)[0]?.trim().toLowerCase() ?? "";
}
