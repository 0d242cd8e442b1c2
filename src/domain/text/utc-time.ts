/**
 * Writes a time in UTC, in the given language: `Tue, 24 Nov 2026 13:14:15 GMT`, or `24.11.2026, 13:14:15 UTC` in
 * German.
 */
export function utcTime(at: Date | number, language: string): string {
  const time = new Date(at);
  if (language === "en") return time.toUTCString();
  const format = { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" } as const;
  return `${new Intl.DateTimeFormat(language, format).format(time)} UTC`;
}
