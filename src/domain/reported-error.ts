import { explanationOf } from "./twilio-errors/index-by-code.ts";

/** As it stands in events and results. `code` is Twilio's number as text, or one of our own words. */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly more_info: string | null;
}

/**
 * An error of Twilio's, with the page that explains it. Twilio writes for programmers; where a home can know what it
 * means and what to do, this comes first and Twilio's own words follow.
 */
export function errorOf(code: string, message?: string | null): ReportedError {
  const moreInfo = `https://www.twilio.com/docs/errors/${encodeURIComponent(code)}`;
  const explanation = explanationOf(code);
  const own = message?.trim() ?? "";
  if (explanation === null) {
    return { code, message: own || `Twilio reports error ${code}`, more_info: moreInfo };
  }
  return {
    code,
    message: `${explanation} (Twilio ${code}${own === "" ? "" : `: ${own}`})`,
    more_info: moreInfo,
  };
}

/** The error in a callback or in Twilio's API, where `0` and an empty code say that there is none. */
export function errorOrNull(
  code: string | number | null | undefined,
  message?: string | null,
): ReportedError | null {
  const text = String(code ?? "").trim();
  return /^0*$/.test(text) ? null : errorOf(text, message);
}

/** What to say of an error where only one text can be shown. */
export function withCode({ code, message }: ReportedError): string {
  return message.includes(code) ? message : `${message} (${code})`;
}
