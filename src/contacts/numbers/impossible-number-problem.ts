import { getCountryCallingCode, validatePhoneNumberLength } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";

import { splitCallingCode } from "./calling-codes.ts";

const WRITE_IN_FULL = "write it with + and the country's code";

/**
 * Says why `text` (digits with blanks and marks, with or without `+`) cannot be a phone number, without a full stop.
 */
export function impossibleNumberProblem(text: string, home: CountryCode | null): string {
  const digits = text.replace(/\D/g, "");
  if (text.startsWith("+")) return `${text} ${whyNotAbroad(digits)}`;
  if (/^00[1-9]/.test(digits)) return `${text} ${whyNotAbroad(digits.slice(2))}`;
  if (home === null) {
    const what = digits.startsWith("0") ? "is a national number" : "is not a complete international number";
    return `${digits} ${what}, and Home Assistant has no country set (Settings → System → Home information); ${WRITE_IN_FULL}`;
  }
  const problem = validatePhoneNumberLength(digits, home);
  const is =
    problem === "TOO_SHORT" || problem === "TOO_LONG" ? lengthWord(problem) + " for a" : "not a possible";
  return `${digits} is ${is} number of ${home} (+${getCountryCallingCode(home)}); check it, or ${WRITE_IN_FULL}`;
}

/** The end of a sentence that says why a `+` and these digits cannot be a phone number. */
function whyNotAbroad(digits: string): string {
  const split = splitCallingCode(digits);
  if (split === null) return "does not start with a country's code; check the digits after the +";
  const { code, rest } = split;
  const has = `it has ${rest.length} ${rest.length === 1 ? "digit" : "digits"} after the country's code +${code}`;
  const problem = validatePhoneNumberLength(`+${digits}`);
  return problem === "TOO_SHORT" || problem === "TOO_LONG"
    ? `is ${lengthWord(problem)}: ${has}`
    : `is not a possible number: ${has}, and no number there has that many`;
}

function lengthWord(problem: "TOO_SHORT" | "TOO_LONG"): string {
  return problem === "TOO_SHORT" ? "too short" : "too long";
}
