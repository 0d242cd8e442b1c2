import { percentDecoded } from "../../domain/address/percent-decoded.ts";
import { withheldNumberProblem } from "../../domain/address/withheld-number.ts";
import { emergencyNumberProblem } from "./emergency-number-problem.ts";
import { numberBeforeExtension } from "./number-before-extension.ts";

/** Matches the beginning of a channel address, of a link or of a SIP address. */
const CHANNEL = /^(?!client:)([a-z]+):/i;

/**
 * Says, without a full stop, why the app must not send to a recipient that is not a plain number. Null if this function
 * finds no reason. It refuses a number with an extension, a withheld number, and an emergency number behind a channel.
 * For a plain number, the result is always null: `resolveNumber` checks it.
 */
export function numberProblem(text: string, country: string | null): string | null {
  const channel = CHANNEL.exec(text)?.[1]?.toLowerCase();
  const rest = text.replace(CHANNEL, "").trim();
  if (channel === "sip" || channel === "sips") {
    // At a SIP address, 110 may be an extension of the user's own telephone system. So the emergency numbers of Home
    // Assistant's country do not count there. 112, 911 and emergency numbers after a country's code (`+49110`) do. The
    // check needs only the user name, without a password or host after it.
    return emergencyNumberProblem(percentDecoded(rest.replace(/[:@;?].*$/s, "")), null);
  }
  const number = numberBeforeExtension(rest);
  if (number !== null) {
    return `${text} has an extension; write only ${number}, and use send_digits for the extension`;
  }
  const isPlain = channel === undefined && /\d/.test(rest);
  return isPlain ? null : (emergencyNumberProblem(rest, country) ?? withheldNumberProblem(rest));
}
