import { unknownOutcome } from "./send-request.ts";
import type { SendOutcome } from "./send-request.ts";
import type { ReportedError } from "./twilio-error.ts";
import type { WaitFor } from "./wait-for.ts";

/** The ends of a send that are not Twilio's words. */
export const CRASHED_WHILE_ASKING = unknownOutcome("The app ended while Twilio was being asked");
export const STILL_OPEN = unknownOutcome("Twilio had not answered when the time was up");
export const SEVERAL_LIKE_IT = unknownOutcome(
  "The journal was lost, and Twilio has something like it that may be this or something else",
);

export const EXPIRED: SendOutcome = {
  kind: "refused",
  error: {
    code: "timeout",
    message: "Its time was up before it could be sent, so it was not sent.",
    more_info: null,
  },
};

/** Twilio has it, and what was waited for has not come in time. */
export function notReached(waitFor: WaitFor): ReportedError {
  const message = `Twilio has it, but within the time given it was not reported as ${waitFor}; that may still come.`;
  return { code: "timeout", message, more_info: null };
}

export const CANNOT_LOOK_UP: SendOutcome = {
  kind: "not_sent",
  error: {
    code: "twilio_away",
    message: "The journal was lost, and Twilio cannot be asked whether this was sent before",
    more_info: null,
  },
  retryAfterMs: null,
};
