import { explanationOf } from "./twilio-errors/index-by-code.ts";

/**
 * An error for automations, in an event or in the result of a request. `code` is Twilio's number as text, or a word of
 * the app's.
 */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly more_info: string | null;
}

/**
 * An error of Twilio's, with the URL of its documentation. If the app has an explanation for users, it comes first and
 * Twilio's message for programmers follows.
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

/** The error in a callback or in Twilio's API; null if the code is `0` or empty, which means no error. */
export function errorOrNull(
  code: string | number | null | undefined,
  message?: string | null,
): ReportedError | null {
  const text = String(code ?? "").trim();
  return /^0*$/.test(text) ? null : errorOf(text, message);
}

/** The message of an error with its code, for a place with only one text. */
export function withCode({ code, message }: ReportedError): string {
  return message.includes(code) ? message : `${message} (${code})`;
}
