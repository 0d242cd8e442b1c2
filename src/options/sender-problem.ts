import { splitChannel } from "../domain/address/channel-address.ts";
import { EXAMPLE_SENDER } from "../domain/address/example-number.ts";
import { normalizeSender } from "../domain/address/normalize-sender.ts";

/**
 * Says why the form of a sender is not valid at Twilio, and what the user can enter; null if the form is valid. Valid
 * senders are numbers, short codes, `MG…` (Messaging Services), and sender IDs of up to 11 characters. Addresses in
 * channels are also valid, such as `whatsapp:+…`, `rcs:my_agent` and `messenger:…`. Source:
 * twilio.com/docs/glossary/what-alphanumeric-sender-id
 */
export function senderProblem(text: string): string | null {
  const sender = normalizeSender(text);
  if (/^\S+$/.test(splitChannel(sender)?.rest ?? "")) return null;
  if (/^MG[0-9a-f]{32}$/i.test(sender)) return null;
  if (/^(AC|SK|PN|SM|CA|MG)[0-9a-f]{12,}$/i.test(sender))
    return `that is another kind of SID; enter ${EXAMPLE_SENDER}, or a Messaging Service SID (MG and 32 digits or letters a to f)`;
  if (/^\+?[\d\s().\-/]+$/.test(sender)) {
    const digits = sender.replace(/\D/g, "");
    if (digits.startsWith("0") || digits.length < 3 || digits.length > 15)
      return `enter ${EXAMPLE_SENDER}, with + and the country's code`;
    return null;
  }
  if (/^[\w &+-]{1,11}$/.test(sender) && /[a-z]/i.test(sender)) return null;
  return `enter ${EXAMPLE_SENDER}, a Messaging Service SID (MG…), or a sender ID of at most 11 letters and digits`;
}
