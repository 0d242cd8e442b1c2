import { isPhoneChannel, splitChannel } from "./channel-address.ts";
import { normalizeAddress } from "./normalize-address.ts";

/**
 * A number in E.164 also without its `+` or with spaces, as Core takes it, and the same after `whatsapp:`; `MG…`, names
 * and addresses of other channels stay.
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
