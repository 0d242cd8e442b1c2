import { getCountryCallingCode, isSupportedCountry } from "libphonenumber-js/max";

import { splitCallingCode } from "./calling-codes.ts";
import { emergencyNumbers } from "./emergency-numbers.ts";
import { withoutInternationalPrefix } from "./international-prefix.ts";

/**
 * If `text` is an emergency number, says why the app must not use it, without a full stop. Null for other numbers.
 * Emergency numbers are 112, 911, and those of Home Assistant's country. An emergency number of another country is
 * recognized only after that country's code (`+49110`).
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

/** Whether a number with a country's code is an emergency number of that country. `digits`: the digits after a `+`. */
function isEmergencyAbroad(digits: string): boolean {
  const split = splitCallingCode(digits);
  if (split === null) return false;
  // People write a 0 after the country's code by mistake, as in +49 0110.
  const numbers = [split.rest, split.rest.replace(/^0/, "")];
  return split.countries.some((country) => numbers.some((one) => emergencyNumbers(country).has(one)));
}

function after(digits: string, code: string): string {
  return digits.startsWith(code) ? digits.slice(code.length) : "";
}
