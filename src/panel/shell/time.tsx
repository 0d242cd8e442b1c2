import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "./app-state.ts";
import { formatDate } from "./date-formats.ts";
import type { TimeFormat } from "./date-formats.ts";
import { listTime, timeOfDay } from "./short-times.ts";

export interface TimeProps {
  /** The time to show, in milliseconds since 1970. */
  readonly at: number;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Shows a time in the page's language and Home Assistant's time zone. */
export function Time({ at, appState, texts }: TimeProps) {
  const text = formatTime(at, timeFormat(appState, texts));
  return <time datetime={new Date(at).toISOString()}>{text}</time>;
}

/**
 * Shows only the time of day, for items below the heading of their day. With `as="list"`, shows a short form such as
 * *Yesterday* for earlier days.
 */
export function ShortTime({
  at,
  appState,
  texts,
  as = "clock",
}: TimeProps & { readonly as?: "clock" | "list" }) {
  const format = timeFormat(appState, texts);
  const text = as === "list" ? listTime(at, appState.now, format) : timeOfDay(at, format);
  return (
    <time datetime={new Date(at).toISOString()} title={formatTime(at, format)}>
      {text}
    </time>
  );
}

/** Returns the language and time zone in which the page shows times. */
export function timeFormat(appState: AppState, texts: PanelTexts): TimeFormat {
  const { timeZone } = appState.homeAssistant;
  return { language: languageOf(appState, texts), fallbackLanguage: texts.language, timeZone };
}

/**
 * Returns the page's language with its country, such as `de-AT`, if the texts are in this language. Otherwise returns
 * the language of the texts.
 */
function languageOf({ language }: AppState, texts: PanelTexts): string {
  return language.split("-")[0]?.toLowerCase() === texts.language ? language : texts.language;
}

/** Writes a time (milliseconds since 1970) with its date and seconds. */
export function formatTime(time: number, wanted: TimeFormat): string {
  return formatDate(time, wanted, { dateStyle: "medium", timeStyle: "medium" });
}
