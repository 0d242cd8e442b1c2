import { loadTexts, textsFor } from "../texts/texts-for.ts";

/** Returns a text of a form in another language, or the English text if there is no translation. */
export type Translate = (english: string) => string;

/** The languages of what the app installs, BCP 47. */
export interface FormLanguages {
  /** The language of names and descriptions, which is Home Assistant's. */
  readonly forms: string;
  /** The language of the texts that blueprints speak and send. */
  readonly speech: string;
}

/**
 * Loads the translations of forms.
 *
 * @param language BCP 47. The texts stay English if it has no translations.
 */
export async function translationTo(language: string): Promise<Translate> {
  await loadTexts(language);
  const texts = new Map(Object.entries(await textsFor(language).forms()));
  return (english) => texts.get(english) ?? english;
}
