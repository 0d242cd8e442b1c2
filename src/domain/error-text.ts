import type { ErrorTexts } from "../texts/en/errors.ts";
import type { ReportedError } from "./reported-error.ts";
import { explanationOf } from "./twilio-errors/index-by-code.ts";

/**
 * Writes an error as a sentence in the language of a page or notification. Twilio's own message for programmers follows
 * in brackets, in English. If `texts` have no sentence for the error's code, the English message is returned.
 */
export function errorText(
  { code, message }: Pick<ReportedError, "code" | "message">,
  texts: ErrorTexts,
): string {
  const explained = sentenceOf(texts.twilio, code);
  if (typeof explained === "string") return explained + twilioPart(code, message);
  const own = sentenceOf(texts.app, code);
  if (own === null) return message;
  return typeof own === "string" ? own : own(message);
}

function sentenceOf<Sentence>(
  sentences: Readonly<Record<string | number, Sentence>> | null,
  code: string,
): Sentence | null {
  return sentences !== null && Object.hasOwn(sentences, code) ? (sentences[code] ?? null) : null;
}

/**
 * Returns Twilio's code and message in brackets. Leaves out the app's English explanation, which may be at the
 * beginning of `message`.
 */
function twilioPart(code: string, message: string): string {
  const english = explanationOf(code) ?? "";
  return english !== "" && message.startsWith(english)
    ? message.slice(english.length)
    : ` (Twilio ${code}: ${message})`;
}
