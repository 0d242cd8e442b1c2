import { isNumberInChannel, isPhoneChannel, splitChannel } from "../domain/address/channel-address.ts";

/**
 * A contact's number or address as it is kept; null for what is neither. An international number loses what people put
 * between its digits. Any other number needs Home Assistant's country to be read, and so does a 0 in brackets, which
 * most countries leave out. An address of a channel (`messenger:…`, `whatsapp:US.…`) stays as Twilio gives it.
 */
export function parseContactNumber(text: string): string | null {
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
