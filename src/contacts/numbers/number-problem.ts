import { percentDecoded } from "../../domain/address/percent-decoded.ts";
import { withheldNumberProblem } from "../../domain/address/withheld-number.ts";
import { emergencyNumberProblem } from "./emergency-number-problem.ts";
import { numberBeforeExtension } from "./number-before-extension.ts";

/** What stands before a number that a channel, a link or a SIP address names. */
const CHANNEL = /^(?!client:)([a-z]+):/i;

/**
 * Why nothing may be sent to an address that is no plain number, whatever else it could mean: an extension, which no
 * network knows, a caller that withheld the number, or an emergency number behind a channel. Null for any other;
 * without a full stop.
 */
export function numberProblem(text: string, country: string | null): string | null {
  const channel = CHANNEL.exec(text)?.[1]?.toLowerCase();
  const rest = text.replace(CHANNEL, "").trim();
  if (channel === "sip" || channel === "sips") {
    // 110 and the like can be extensions of the user's own telephone system. A password can follow the user's name.
    return emergencyNumberProblem(percentDecoded(rest.replace(/[:@;?].*$/s, "")), null);
  }
  const number = numberBeforeExtension(rest);
  if (number !== null) {
    return `${text} has an extension; write only ${number}, and use send_digits for the extension`;
  }
  const isPlain = channel === undefined && /\d/.test(rest);
  return isPlain ? null : (emergencyNumberProblem(rest, country) ?? withheldNumberProblem(rest));
}
