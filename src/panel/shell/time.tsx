import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "./app-state.ts";

export interface TimeProps {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** A time for people and for machines. */
export function Time({ at, appState, texts }: TimeProps) {
  const { timeZone } = appState.homeAssistant;
  const format = { language: languageOf(appState, texts), fallbackLanguage: texts.language, timeZone };
  return <time datetime={new Date(at).toISOString()}>{formatTime(at, format)}</time>;
}

/** Home Assistant's own, with its country, where the page speaks it. */
function languageOf({ homeAssistant: { language } }: AppState, texts: PanelTexts): string {
  return language.split("-")[0]?.toLowerCase() === texts.language ? language : texts.language;
}

export interface TimeFormat {
  /** BCP 47, as Home Assistant gives it. */
  readonly language: string;
  /** In its place where this Node cannot read it. */
  readonly fallbackLanguage: string;
  /** IANA name; UTC, and said so, where this Node does not know it. */
  readonly timeZone: string;
}

/** By language and time zone, of which a house has one or two. Making one costs memory that V8 is slow to give back. */
const made = new Map<string, Intl.DateTimeFormat>();

/** A time (milliseconds since 1970) as people of the language write it, where Home Assistant is. */
export function formatTime(time: number, wanted: TimeFormat): string {
  const key = JSON.stringify(wanted);
  const format = made.get(key) ?? makeFormat(wanted);
  made.set(key, format);
  return format.format(time);
}

function makeFormat({ language, fallbackLanguage, timeZone }: TimeFormat): Intl.DateTimeFormat {
  for (const locale of [language, fallbackLanguage]) {
    try {
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", timeZone });
    } catch {
      // The language or the time zone: the next try shows which.
    }
  }
  return new Intl.DateTimeFormat(fallbackLanguage, {
    dateStyle: "medium",
    timeStyle: "long",
    timeZone: "UTC",
  });
}
