/** As it stands in events and results. `code` is Twilio's number as text, or one of our own words. */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly more_info: string | null;
}

/** An error of Twilio's, with the page that explains it. */
export function errorOf(code: string, message?: string | null): ReportedError {
  const moreInfo = `https://www.twilio.com/docs/errors/${encodeURIComponent(code)}`;
  return { code, message: message || `Twilio reports error ${code}`, more_info: moreInfo };
}
