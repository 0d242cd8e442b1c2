import { explanationOf } from "./twilio-errors/index-by-code.ts";

/**
 * An error for automations, in an event or in the result of a request. `code` is Twilio's error number as text, or the
 * status of a failed message or call, such as `busy`. Other codes are words that the app has chosen, such as
 * `id_reused`.
 */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly more_info: string | null;
}

/**
 * Makes the `ReportedError` for Twilio's error `code`, with the URL of its documentation. `message` is Twilio's own
 * text for programmers. If the app has an explanation for users, the explanation comes first.
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

/**
 * Makes the `ReportedError` for the error code in a callback or in Twilio's API. Returns null if the code is `0` or
 * empty, which means no error.
 */
export function errorOrNull(
  code: string | number | null | undefined,
  message?: string | null,
): ReportedError | null {
  const text = String(code ?? "").trim();
  return /^0*$/.test(text) ? null : errorOf(text, message);
}

/** Returns the message of an error together with its code, for places that show only one text. */
export function withCode({ code, message }: ReportedError): string {
  return message.includes(code) ? message : `${message} (${code})`;
}
