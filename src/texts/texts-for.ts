import { DE } from "./de/panel.ts";
import { EN } from "./en/panel.ts";
import type { PanelTexts } from "./en/panel.ts";

/** The texts in Home Assistant's language, such as `de` or `de-AT`; English where there are none in it. */
export function textsFor(language: string): PanelTexts {
  return /^de\b/i.test(language) ? DE : EN;
}
