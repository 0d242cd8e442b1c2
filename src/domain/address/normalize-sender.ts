import { isPhoneChannel, splitChannel } from "./channel-address.ts";
import { normalizeAddress } from "./normalize-address.ts";

/**
 * Normalizes a sender. A number becomes E.164, even if it has spaces. It needs no `+`, because Core's own integration
 * accepts senders without one. A number after `whatsapp:` or `rcs:` becomes E.164, too. Short codes (fewer than eight
 * digits), Messaging Services (`MG…`), sender names and other channels stay as they are.
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
