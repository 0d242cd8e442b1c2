export interface TimeFormat {
  /** The language of the page, as a BCP 47 tag. */
  readonly language: string;
  /** The language that is used if `language` is not a valid BCP 47 tag. */
  readonly fallbackLanguage: string;
  /**
   * The IANA name of the time zone. If Node does not know this time zone, times are shown in UTC. Only formats with
   * `timeStyle` say so.
   */
  readonly timeZone: string;
}

/**
 * The formats by language, time zone and fields. They are cached, because V8 is slow to free the memory of a format.
 */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Writes a time (milliseconds since 1970) for a language and time zone, with the given fields. */
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
      // The language is not a valid tag, or Node does not know the time zone. So the loop tries the next language.
    }
  }
  const inUtc = fields.timeStyle === undefined ? fields : { ...fields, timeStyle: "long" as const };
  return new Intl.DateTimeFormat(fallbackLanguage, { ...inUtc, timeZone: "UTC" });
}
