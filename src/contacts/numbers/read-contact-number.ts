import { isNumberInChannel, isPhoneChannel, splitChannel } from "../../domain/address/channel-address.ts";

/**
 * Brings a contact's number or channel address into a common form. Null for a number with fewer than three digits, and
 * for a channel address with blanks in its name. Does not check whether another text without a channel is a number.
 *
 * International numbers lose their blanks and marks. Other numbers stay as they are, because Home Assistant's country
 * is not known yet. Numbers with a 0 in brackets also stay. A channel address (`messenger:…`, `whatsapp:US.…`) stays as
 * Twilio sends it.
 */
export function readContactNumber(text: string): string | null {
  const split = splitChannel(text);
  if (split === null) return number(text);
  const { channel, rest } = split;
  if (isPhoneChannel(channel) && isNumberInChannel(rest)) {
    const read = number(rest);
    return read === null ? null : `${channel}:${read}`;
  }
  return /^\S+$/.test(rest) ? `${channel}:${rest}` : null;
}

function number(text: string): string | null {
  if (text.replace(/\D/g, "").length < 3) return null;
  const tight = text.replace(/[\s().\-/]/g, "");
  return /^\+\d+$/.test(tight) && !text.includes("(0)") ? tight : text;
}
