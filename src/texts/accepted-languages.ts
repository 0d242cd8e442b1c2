import { loadTexts, textsFor } from "./texts-for.ts";

/** Browsers send fewer languages. Each one is looked for on the disk once. */
const MOST_LANGUAGES = 10;

/**
 * The languages of an `Accept-Language` header, the preferred one first (RFC 9110, 12.5.4). Languages with `q=0` and `*`
 * are left out. Empty without the header.
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

/** Loads the texts for `pageLanguage` with the same parameters. */
export async function loadPageTexts(header: string | undefined, house: string): Promise<void> {
  for (const language of [...acceptedLanguages(header), house]) {
    // oxlint-disable-next-line no-await-in-loop -- usually the first language has texts
    if (await loadTexts(language)) return;
  }
}

/**
 * The language of a page: the browser's preferred language that has texts, else Home Assistant's. Home Assistant's own
 * pages choose like this if the user has not chosen a language in the profile. Ingress does not tell the choice of a
 * profile.
 *
 * @param header `Accept-Language`, which Home Assistant and Supervisor pass on unchanged
 * @param house Home Assistant's language, BCP 47
 */
export function pageLanguage(header: string | undefined, house: string): string {
  return acceptedLanguages(header).find(hasTexts) ?? house;
}

/** Whether the texts are in this language, and not English in its place. */
function hasTexts(language: string): boolean {
  return textsFor(language).language === language.split("-", 1)[0]?.toLowerCase();
}
