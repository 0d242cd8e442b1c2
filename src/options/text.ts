import { maskNumber } from "../domain/address/mask-number.ts";
import { showHiddenCharacters } from "../domain/text/show-text.ts";

/** A longer value is not shown, because it may contain private text. */
const MAX_SHOWN_LENGTH = 40;

/** Matches values that may be secret: a SID, token or key, a password in a URL, several lines. */
const MAY_BE_SECRET = /[\w-]{16,}|@|\\/;

/** ` (found "x")` for the end of a sentence; empty if the value is long, not a plain value, or may be a secret. */
export function describeValue(value: unknown): string {
  if (typeof value === "object" || value === undefined) return "";
  const shown = JSON.stringify(value);
  if (shown.length > MAX_SHOWN_LENGTH || MAY_BE_SECRET.test(shown)) return "";
  return ` (found ${maskNumber(showHiddenCharacters(shown))})`;
}
