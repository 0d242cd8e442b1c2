import { formatDate } from "./date-formats.ts";
import type { TimeFormat } from "./date-formats.ts";

const DAY_MS = 86_400_000;

/** Returns the day of a time in a time zone, such as `2026-11-24`. */
export function dayOf(at: number, format: TimeFormat): string {
  const numbers = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  return formatDate(at, { ...format, language: "en-CA", fallbackLanguage: "en-CA" }, numbers);
}

/** Writes the time of day, such as `12:02`. */
export function timeOfDay(at: number, format: TimeFormat): string {
  return formatDate(at, format, { hour: "2-digit", minute: "2-digit" });
}

/** Writes a day for a heading: *Today*, *Yesterday*, or for example *Monday, 23 November*. */
export function dayHeading(at: number, now: number, format: TimeFormat): string {
  const relative = relativeDay(at, now, format);
  if (relative !== null) return relative;
  const isThisYear = dayOf(at, format).slice(0, 4) === dayOf(now, format).slice(0, 4);
  const year = isThisYear ? {} : ({ year: "numeric" } as const);
  return formatDate(at, format, { weekday: "long", day: "numeric", month: "long", ...year });
}

/**
 * Writes a time for a list: `12:02` for today, and for earlier days *Yesterday*, *Monday* or *12 Nov*. For an earlier
 * year, writes the whole date.
 */
export function listTime(at: number, now: number, format: TimeFormat): string {
  const age = daysBetween(at, now, format);
  if (age === 0) return timeOfDay(at, format);
  const relative = relativeDay(at, now, format);
  if (relative !== null) return relative;
  if (age > 0 && age < 7) return formatDate(at, format, { weekday: "long" });
  const isThisYear = dayOf(at, format).slice(0, 4) === dayOf(now, format).slice(0, 4);
  return formatDate(at, format, isThisYear ? { day: "numeric", month: "short" } : { dateStyle: "short" });
}

/** Writes *Today* or *Yesterday* in the page's language. Returns null for another day. */
function relativeDay(at: number, now: number, format: TimeFormat): string | null {
  const age = daysBetween(at, now, format);
  if (age !== 0 && age !== 1) return null;
  const { fallbackLanguage: language } = format;
  const word = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-age, "day");
  return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
}

function daysBetween(at: number, now: number, format: TimeFormat): number {
  return Math.round((Date.parse(dayOf(now, format)) - Date.parse(dayOf(at, format))) / DAY_MS);
}
