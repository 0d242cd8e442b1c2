import { ALARMS_DE } from "../texts/de/alarms.ts";
import { ALARMS_EN } from "../texts/en/alarms.ts";
import type { AlarmTexts } from "../texts/en/alarms.ts";
import type { Alarm } from "./alarm.ts";

/** The texts of alarms in languages other than English, by the language's ISO 639-1 code. */
const TRANSLATIONS = new Map<string | undefined, AlarmTexts>([["de", ALARMS_DE]]);

/** The texts of alarms in a language such as `de-DE`. They are in English if the app has no texts in this language. */
export function alarmTexts(language: string): AlarmTexts {
  return TRANSLATIONS.get(language.split("-", 1)[0]?.toLowerCase()) ?? ALARMS_EN;
}

/** Puts the sentence that says that this is a drill before a text of a drill (test alarm). */
export function withDrill({ terms }: Pick<Alarm, "terms">, text: string): string {
  return terms.test ? `${alarmTexts(terms.language).drill} ${text}` : text;
}
