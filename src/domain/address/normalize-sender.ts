import { isPhoneChannel, splitChannel } from "./channel-address.ts";
import { normalizeAddress } from "./normalize-address.ts";

/**
 * Normalizes a sender. A number becomes E.164, also if it has no `+` or has spaces, as in Core; so does a number after
 * `whatsapp:` or `rcs:`. `MG…`, sender names and the addresses of other channels stay.
 */
export function normalizeSender(text: string): string {
  const tidy = normalizeAddress(text);
  const split = splitChannel(tidy);
  if (split !== null)
    return `${split.channel}:${isPhoneChannel(split.channel) ? tidyNumber(split.rest) : split.rest}`;
  return tidyNumber(tidy);
}

function tidyNumber(text: string): string {
  const tight = text.replace(/[\s().\-/]/g, "");
  if (/^\+\d+$/.test(tight)) return tight;
  return /^[1-9]\d{7,14}$/.test(tight) ? `+${tight}` : text;
}
