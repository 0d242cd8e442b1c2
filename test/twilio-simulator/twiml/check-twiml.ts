import { parseTwiml, TwimlError } from "./parse-twiml.ts";
import type { TwimlProblem } from "./parse-twiml.ts";

/** Lists Twilio's errors and warnings about a document; empty if it is valid. */
export function checkTwiml(xml: string): readonly TwimlProblem[] {
  try {
    return parseTwiml(xml).warnings;
  } catch (error) {
    if (!(error instanceof TwimlError)) throw error;
    return [{ code: error.code, message: error.message }];
  }
}
