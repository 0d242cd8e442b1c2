export interface TimeFormat {
  /** BCP 47, as Home Assistant gives it. */
  readonly language: string;
  /** In its place where this Node cannot read it. */
  readonly otherwise: string;
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

function makeFormat({ language, otherwise, timeZone }: TimeFormat): Intl.DateTimeFormat {
  for (const locale of [language, otherwise]) {
    try {
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", timeZone });
    } catch {
      // The language or the time zone: the next try shows which.
    }
  }
  return new Intl.DateTimeFormat(otherwise, { dateStyle: "medium", timeStyle: "long", timeZone: "UTC" });
}
