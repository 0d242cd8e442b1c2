import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "./app-state.ts";

export interface TimeProps {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** A time in the page's language and Home Assistant's time zone. */
export function Time({ at, appState, texts }: TimeProps) {
  const { timeZone } = appState.homeAssistant;
  const format = { language: languageOf(appState, texts), fallbackLanguage: texts.language, timeZone };
  return <time datetime={new Date(at).toISOString()}>{formatTime(at, format)}</time>;
}

/** The page's language with its country, such as `de-AT`, if the texts are in this language. */
function languageOf({ language }: AppState, texts: PanelTexts): string {
  return language.split("-")[0]?.toLowerCase() === texts.language ? language : texts.language;
}

export interface TimeFormat {
  /** BCP 47, from Home Assistant. */
  readonly language: string;
  /** BCP 47. Used if Node does not support `language`. */
  readonly fallbackLanguage: string;
  /** IANA name. If Node does not know it, times are shown in UTC with this name. */
  readonly timeZone: string;
}

/** By language and time zone. Cached, because V8 is slow to free the memory of a format. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats a time (milliseconds since 1970) for a language and time zone. */
export function formatTime(time: number, wanted: TimeFormat): string {
  const key = JSON.stringify(wanted);
  const format = formats.get(key) ?? makeFormat(wanted);
  formats.set(key, format);
  return format.format(time);
}

function makeFormat({ language, fallbackLanguage, timeZone }: TimeFormat): Intl.DateTimeFormat {
  for (const locale of [language, fallbackLanguage]) {
    try {
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", timeZone });
    } catch {
      // Node does not know the language or the time zone.
    }
  }
  return new Intl.DateTimeFormat(fallbackLanguage, {
    dateStyle: "medium",
    timeStyle: "long",
    timeZone: "UTC",
  });
}
