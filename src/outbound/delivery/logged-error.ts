import { withCode } from "../../domain/reported-error.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import { explanationOf } from "../../domain/twilio-errors/index-by-code.ts";

/**
 * An error for the log. Twilio's own words, and those about what an automation gave, may repeat the text of a message
 * that stands in a wrong field: the automation gets them, the log names the code and what it means.
 */
export function formatErrorForLog(error: ReportedError): string {
  const { code } = error;
  if (code === "invalid") return "the request is not valid (invalid); its twilio_result gives the reason";
  if (!/^\d+$/.test(code)) return withCode(error);
  const explanation = explanationOf(code);
  return explanation === null
    ? `Twilio reports error ${code}, see https://www.twilio.com/docs/errors/${code}`
    : `${explanation} (Twilio ${code})`;
}
