import { withCode } from "../../domain/reported-error.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import { explanationOf } from "../../domain/twilio-errors/index-by-code.ts";

/**
 * Formats an error for the log. Twilio's message may quote a private text, if the automation wrote it into a wrong
 * field. So the log names only the error's code and the meaning of the code. The automation gets Twilio's message.
 */
export function formatErrorForLog(error: ReportedError): string {
  const { code } = error;
  if (code === "invalid") return "the request is not valid (invalid). The event twilio_result has the reason";
  if (!/^\d+$/.test(code)) return withCode(error);
  const explanation = explanationOf(code);
  return explanation === null
    ? `Twilio reports error ${code}, see https://www.twilio.com/docs/errors/${code}`
    : `${explanation} (Twilio ${code})`;
}
