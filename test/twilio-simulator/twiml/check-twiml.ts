import { parseTwiml, TwimlError } from "./parse-twiml.ts";
import type { TwimlProblem } from "./parse-twiml.ts";

/** All that Twilio would find wrong with a document, also what it only warns of; empty if all is well. */
export function checkTwiml(xml: string): readonly TwimlProblem[] {
  try {
    return parseTwiml(xml).warnings;
  } catch (error) {
    if (!(error instanceof TwimlError)) throw error;
    return [{ code: error.code, message: error.message }];
  }
}
