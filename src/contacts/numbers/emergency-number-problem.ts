import { getCountryCallingCode, isSupportedCountry } from "libphonenumber-js/max";

import { splitCallingCode } from "./calling-codes.ts";
import { emergencyNumbers } from "./emergency-numbers.ts";
import { withoutInternationalPrefix } from "./international-prefix.ts";

/**
 * Why a number must not be used if it is an emergency number, without a full stop; null for any other number. Emergency
 * numbers are 112, 911, those of Home Assistant's country, and those of others after their country's code (`+49110`).
 */
export function emergencyNumberProblem(text: string, country: string | null): string | null {
  const tight = text.replace(/[\s().\-/]/g, "");
  if (!/^\+?\d{2,16}$/.test(tight) || !isEmergency(tight, country)) return null;
  return `${text} is an emergency number. Twilio cannot connect you to the emergency services; call them with a telephone`;
}

function isEmergency(tight: string, country: string | null): boolean {
  const digits = tight.replace("+", "");
  const home = country !== null && isSupportedCountry(country) ? country : null;
  const isOfHome = (number: string): boolean => emergencyNumbers(country).has(number);
  if (isOfHome(digits)) return true;
  const isAfterOwnCode = home !== null && isOfHome(after(digits, getCountryCallingCode(home)));
  const abroad = tight.startsWith("+") ? [digits] : withoutInternationalPrefix(digits, home);
  return isAfterOwnCode || abroad.some((rest) => isOfHome(rest) || isEmergencyAbroad(rest));
}

/** `digits`: the digits after a `+`. */
function isEmergencyAbroad(digits: string): boolean {
  const split = splitCallingCode(digits);
  if (split === null) return false;
  // For example +49 0110 in Germany, a common mistake.
  const numbers = [split.rest, split.rest.replace(/^0/, "")];
  return split.countries.some((country) => numbers.some((one) => emergencyNumbers(country).has(one)));
}

function after(digits: string, code: string): string {
  return digits.startsWith(code) ? digits.slice(code.length) : "";
}
