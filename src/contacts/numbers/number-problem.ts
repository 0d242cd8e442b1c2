import { percentDecoded } from "../../domain/address/percent-decoded.ts";
import { withheldNumberProblem } from "../../domain/address/withheld-number.ts";
import { emergencyNumberProblem } from "./emergency-number-problem.ts";
import { numberBeforeExtension } from "./number-before-extension.ts";

/** The prefix of a channel address, of a link or of a SIP address. */
const CHANNEL = /^(?!client:)([a-z]+):/i;

/**
 * Why nothing may be sent to a recipient that is not a plain number, without a full stop; null if it may. Refused are
 * numbers with an extension, withheld numbers, and emergency numbers after a channel.
 */
export function numberProblem(text: string, country: string | null): string | null {
  const channel = CHANNEL.exec(text)?.[1]?.toLowerCase();
  const rest = text.replace(CHANNEL, "").trim();
  if (channel === "sip" || channel === "sips") {
    // Only 112 and 911 count: 110 and others can be extensions of the user's own system. A password can follow the name.
    return emergencyNumberProblem(percentDecoded(rest.replace(/[:@;?].*$/s, "")), null);
  }
  const number = numberBeforeExtension(rest);
  if (number !== null) {
    return `${text} has an extension; write only ${number}, and use send_digits for the extension`;
  }
  const isPlain = channel === undefined && /\d/.test(rest);
  return isPlain ? null : (emergencyNumberProblem(rest, country) ?? withheldNumberProblem(rest));
}
