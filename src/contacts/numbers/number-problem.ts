import { percentDecoded } from "../../domain/address/percent-decoded.ts";
import { withheldNumberProblem } from "../../domain/address/withheld-number.ts";
import { emergencyNumberProblem } from "./emergency-number-problem.ts";
import { numberBeforeExtension } from "./number-before-extension.ts";

/** Matches the beginning of a channel address, of a link or of a SIP address. */
const CHANNEL = /^(?!client:)([a-z]+):/i;

/**
 * Says, without a full stop, why the app must not send to a recipient that is not a plain number. Null if the app may
 * send. The app must not send to a number with an extension, a withheld number, or an emergency number behind a
 * channel.
 */
export function numberProblem(text: string, country: string | null): string | null {
  const channel = CHANNEL.exec(text)?.[1]?.toLowerCase();
  const rest = text.replace(CHANNEL, "").trim();
  if (channel === "sip" || channel === "sips") {
    // At a SIP address, 110 may be an extension of the user's own telephone system. So only 112 and 911 count as
    // emergency numbers in a SIP address. The check needs only the user name, without a password or host after it.
    return emergencyNumberProblem(percentDecoded(rest.replace(/[:@;?].*$/s, "")), null);
  }
  const number = numberBeforeExtension(rest);
  if (number !== null) {
    return `${text} has an extension; write only ${number}, and use send_digits for the extension`;
  }
  const isPlain = channel === undefined && /\d/.test(rest);
  return isPlain ? null : (emergencyNumberProblem(rest, country) ?? withheldNumberProblem(rest));
}
