import { loadTexts, textsFor } from "../texts/texts-for.ts";

/**
 * Translates a text of a form (names and descriptions of fields). Returns the English text if it has no translation.
 */
export type Translate = (english: string) => string;

/** The languages of the scripts and blueprints that the app installs in Home Assistant, by BCP 47. */
export interface FormLanguages {
  /** The language of names and descriptions, which is Home Assistant's language. */
  readonly forms: string;
  /** The language of the texts that blueprints let the app say and send. */
  readonly speech: string;
}

/**
 * Loads the translations of forms into a language. Without translations, the texts stay English.
 *
 * @param language the language by BCP 47
 */
export async function translationTo(language: string): Promise<Translate> {
  await loadTexts(language);
  const texts = new Map(Object.entries(await textsFor(language).forms()));
  return (english) => texts.get(english) ?? english;
}
