import { maskNumber } from "../domain/address/mask-number.ts";
import { showHiddenCharacters } from "../domain/text/show-text.ts";

/** A longer one helps nobody, and whoever pasted a page pasted more than he knows. */
const LONGEST = 40;

/** A SID, token or key that was pasted into the wrong field, a user and a password in an address, several lines. */
const MAY_BE_SECRET = /[\w-]{16,}|@|\\/;

/** ` (found "x")` for the end of a sentence; empty where the value is long, no plain one, or may be a secret. */
export function describeValue(value: unknown): string {
  if (typeof value === "object" || value === undefined) return "";
  const shown = JSON.stringify(value);
  if (shown.length > LONGEST || MAY_BE_SECRET.test(shown)) return "";
  return ` (found ${maskNumber(showHiddenCharacters(shown))})`;
}
