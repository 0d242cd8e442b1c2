import { maskNumber } from "../domain/address/mask-number.ts";
import { showHiddenCharacters } from "../domain/text/show-text.ts";

/** A warning shows no value with more characters than this, because it may be a private text. */
const MAX_SHOWN_LENGTH = 40;

/** Matches values that may be secret: one of Twilio's IDs, a token or key, a URL with a password, or several lines. */
const MAY_BE_SECRET = /[\w-]{16,}|@|\\/;

/**
 * Returns ` (found "x")` for the end of a sentence. Returns an empty text if the value is long, may be secret, or is a
 * list or mapping.
 */
export function describeValue(value: unknown): string {
  if (typeof value === "object" || value === undefined) return "";
  const shown = JSON.stringify(value);
  if (shown.length > MAX_SHOWN_LENGTH || MAY_BE_SECRET.test(shown)) return "";
  return ` (found ${maskNumber(showHiddenCharacters(shown))})`;
}
