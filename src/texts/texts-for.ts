import { DE } from "./de/panel.ts";
import { EN } from "./en/panel.ts";
import type { PanelTexts } from "./en/panel.ts";

/** The languages besides English, by their ISO 639-1 code. */
const TRANSLATIONS = new Map<string | undefined, PanelTexts>([["de", DE]]);

/** The texts in Home Assistant's language, such as `de` or `de-AT`. A language without texts gets the English ones. */
export function textsFor(language: string): PanelTexts {
  return TRANSLATIONS.get(language.split("-", 1)[0]?.toLowerCase()) ?? EN;
}
