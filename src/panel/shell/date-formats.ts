export interface TimeFormat {
  /** Home Assistant's language by BCP 47. */
  readonly language: string;
  /** The language by BCP 47 if Node does not support `language`. */
  readonly fallbackLanguage: string;
  /** The IANA name of the time zone. If Node does not know it, times are shown in UTC with this name. */
  readonly timeZone: string;
}

/** The formats by language, time zone and fields. They are cached, because V8 is slow to free the memory of a format. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats a time (milliseconds since 1970) for a language and time zone, with the given fields. */
export function formatDate(time: number, wanted: TimeFormat, fields: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([wanted, fields]);
  const format = formats.get(key) ?? makeFormat(wanted, fields);
  formats.set(key, format);
  return format.format(time);
}

function makeFormat(
  { language, fallbackLanguage, timeZone }: TimeFormat,
  fields: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  for (const locale of [language, fallbackLanguage]) {
    try {
      return new Intl.DateTimeFormat(locale, { ...fields, timeZone });
    } catch {
      // Node does not know the language or the time zone.
    }
  }
  const inUtc = fields.timeStyle === undefined ? fields : { ...fields, timeStyle: "long" as const };
  return new Intl.DateTimeFormat(fallbackLanguage, { ...inUtc, timeZone: "UTC" });
}
