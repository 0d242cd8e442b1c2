import { loadTexts, textsFor } from "./texts-for.ts";

/**
 * The highest number of languages that are read from the header `Accept-Language`. Browsers send fewer. The limit is
 * needed because the app looks for the folder of each language on the disk.
 */
const MOST_LANGUAGES = 10;

/**
 * Reads the languages of an `Accept-Language` header, the preferred one first (RFC 9110, 12.5.4). Leaves out `*`, and
 * languages with `q=0`. Returns an empty list if there is no header.
 */
export function acceptedLanguages(header: string | undefined): readonly string[] {
  const ranges = (header ?? "").split(",").flatMap((range) => {
    const [, tag, weight = "1"] =
      /^\s*([a-z]{2,3}(?:-[a-z\d]{1,8})*)\s*(?:;\s*q=([\d.]+)\s*)?$/i.exec(range) ?? [];
    return tag === undefined || !(Number(weight) > 0) ? [] : [{ tag, weight: Number(weight) }];
  });
  const sorted = ranges.toSorted((a, b) => b.weight - a.weight);
  return sorted.slice(0, MOST_LANGUAGES).map(({ tag }) => tag);
}

/** Loads the texts of the language that `pageLanguage` chooses for the same header and language of Home Assistant. */
export async function loadPageTexts(header: string | undefined, house: string): Promise<void> {
  for (const language of [...acceptedLanguages(header), house]) {
    // oxlint-disable-next-line no-await-in-loop -- usually the first language has texts
    if (await loadTexts(language)) return;
  }
}

/**
 * Chooses the language of a page: the first of the browser's languages that has texts, else Home Assistant's. Home
 * Assistant's own pages do the same if the user has chosen no language in the profile. The app does not learn the
 * profile's language.
 *
 * @param header the header `Accept-Language`, which Home Assistant and Supervisor pass on unchanged
 * @param house Home Assistant's language by BCP 47
 */
export function pageLanguage(header: string | undefined, house: string): string {
  return acceptedLanguages(header).find(hasTexts) ?? house;
}

/** Whether the app has texts in this language. Without them, `textsFor` returns the English texts. */
function hasTexts(language: string): boolean {
  return textsFor(language).language === language.split("-", 1)[0]?.toLowerCase();
}
