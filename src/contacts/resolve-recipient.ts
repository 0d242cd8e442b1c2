import { isNumberInChannel, isPhoneChannel, splitChannel } from "../domain/address/channel-address.ts";
import type { ChannelAddress, PhoneChannel } from "../domain/address/channel-address.ts";
import { normalizeAddress } from "../domain/address/normalize-address.ts";
import { isWithheldNumber } from "../domain/address/withheld-number.ts";
import { hiddenCharacters, showHiddenCharacters } from "../domain/text/show-text.ts";
import type { Contact } from "./contact.ts";
import { suggestContacts, findContact, lastDigits } from "./contact.ts";
import type { ContactMatch } from "./contact.ts";
import { emergencyNumberProblem } from "./numbers/emergency-number-problem.ts";
import { alternativeForm } from "./numbers/number-forms.ts";
import { numberProblem } from "./numbers/number-problem.ts";
import { looksLikePhoneNumber, parsePhoneNumber } from "./numbers/parse-phone-number.ts";
import { resolveNumber } from "./numbers/resolve-number.ts";

const CHANNEL_NAMES: Readonly<Record<PhoneChannel, string>> = { whatsapp: "WhatsApp", rcs: "RCS" };

export interface RecipientContext {
  /** Home Assistant's country, such as `DE`; null if the user has set none. */
  readonly country: string | null;
  readonly contacts: readonly Contact[];
  /**
   * Whether a message or call has come from exactly this number or channel address, in a signed webhook or in Twilio's
   * lists.
   */
  readonly isKnownAddress?: (address: string) => boolean;
  /** Whether a message has just come from exactly this sender, so that the automation may be replying to it. */
  readonly allowUnknownAddresses?: (address: string) => boolean;
}

/**
 * The number or channel address of a recipient, or why there is none. `reason` is for the automation and quotes what
 * the automation wrote. `fault` is for the log and quotes only texts without letters (such as numbers) and contacts'
 * names. Any other text may be that of a message, which stands in this field by mistake.
 */
export type ResolvedRecipient =
  | { readonly ok: true; readonly address: string; readonly contact: string | null }
  | { readonly ok: false; readonly reason: string; readonly fault: string };

/**
 * The fault of a text that is no recipient. The log does not quote the text, because somebody may have written the text
 * of a message into this field.
 */
const UNKNOWN =
  "it is neither a number nor the name of a contact, nor a channel address that can be reached.";

/**
 * Finds the recipient that an automation named in `to` or `target`. The text is read as the name of a contact, else as
 * a number, else as a channel address (`messenger:…`). A sender from whom a message or call has come (`isKnownAddress`)
 * stays exactly as Twilio wrote it.
 */
export function resolveRecipient(input: unknown, context: RecipientContext): ResolvedRecipient {
  const isInteger = Number.isSafeInteger(input) && Number(input) >= 0;
  if (typeof input !== "string" && !isInteger) return plain("it is neither a number nor a contact's name.");
  const text = normalizeAddress(String(input));
  if (text === "")
    return plain("it is empty: enter a phone number with its country code or the name of a contact.");
  const resolved = resolveTidy(text, { ...context, isInteger });
  if (resolved.ok) return resolved;
  const hidden = hiddenCharacters(String(input)).join(", ");
  const note = hidden === "" ? "" : ` Invisible characters were removed: ${hidden}.`;
  const reason = `${resolved.reason}${note}`;
  const isContact = findContact(text, context.contacts).kind !== "unknown";
  return { ok: false, reason, fault: isContact || !/\p{L}/u.test(text) ? reason : UNKNOWN };
}

function plain(reason: string): ResolvedRecipient {
  return { ok: false, reason, fault: reason };
}

interface TidyContext extends RecipientContext {
  /** Whether the input is an integer. Then a template or YAML may have dropped its `+`. */
  readonly isInteger: boolean;
}

/** A recipient, or why there is none. The caller adds `fault`, the reason that is safe to log. */
type Resolved =
  | Extract<ResolvedRecipient, { readonly ok: true }>
  | { readonly ok: false; readonly reason: string };

function resolveTidy(text: string, context: TidyContext): Resolved {
  const named = findContact(text, context.contacts);
  if (named.kind !== "unknown") return resolveContact(text, named, null, context);
  const split = splitChannel(text);
  if (split !== null && isPhoneChannel(split.channel)) {
    const found = findContact(split.rest, context.contacts);
    if (found.kind !== "unknown") return resolveContact(text, found, split.channel, context);
  }
  return resolveAddress(text, split, context);
}

/**
 * Resolves the number of a contact that was found by name. `channel`: the prefix before the name, such as `whatsapp`;
 * null for none.
 */
function resolveContact(
  text: string,
  found: Exclude<ContactMatch, { readonly kind: "unknown" }>,
  channel: PhoneChannel | null,
  context: TidyContext,
): Resolved {
  if (found.kind === "ambiguous") {
    const contact = withOneNumber(found.contacts, context);
    if (contact === null) return no(found.reason);
    return resolveContact(text, { kind: "found", contact }, channel, context);
  }
  const { name, number } = found.contact;
  // A message may come from an alphanumeric sender that is equal to a contact's name. While the automation may be
  // replying to this sender, refuse the name, because the contact must not get the reply. At other times, the name
  // means the contact. Otherwise, a forged sender could block an alarm.
  if (/\p{L}/u.test(text) && context.allowUnknownAddresses?.(text) === true)
    return no(
      `${text} can be the contact ${name} (…${lastDigits(number)}) or the sender ${text} that wrote to you; enter the contact's number instead`,
    );
  const resolved = resolveContactNumber(found.contact, context);
  if (!resolved.ok) return { ok: false, reason: `contact ${name}: ${resolved.reason}` };
  const address = channel === null ? resolved.address : inChannel(resolved.address, channel);
  return address === null
    ? no(`${name} has no number for ${CHANNEL_NAMES[channel ?? "whatsapp"]}`)
    : { ok: true, address, contact: name };
}

/**
 * The first of several contacts with the same name, if all their numbers are the same number in different spellings.
 * One contact may be in the options and on the app's page. Null if the numbers differ.
 */
function withOneNumber(contacts: readonly Contact[], context: TidyContext): Contact | null {
  const numbers = contacts.map((contact) => resolveContactNumber(contact, context));
  const addresses = new Set(numbers.map((resolved) => (resolved.ok ? resolved.address : null)));
  return addresses.size === 1 && !addresses.has(null) ? (contacts[0] ?? null) : null;
}

function resolveContactNumber({ number }: Contact, context: TidyContext): Resolved {
  return resolveAddress(number, splitChannel(number), { ...context, contacts: [], isInteger: false });
}

/**
 * Writes a contact's number or channel address as a channel address of `channel`, such as `whatsapp:+49…`. Null if the
 * contact can be reached in one other channel only.
 */
function inChannel(address: string, channel: PhoneChannel): string | null {
  const split = splitChannel(address);
  if (split === null) return `${channel}:${address}`;
  const isNumber = isPhoneChannel(split.channel) && isNumberInChannel(split.rest);
  return split.channel === channel || isNumber ? `${channel}:${split.rest}` : null;
}

function resolveAddress(text: string, split: ChannelAddress | null, context: TidyContext): Resolved {
  const refused = numberProblem(text, context.country);
  if (refused !== null) return no(refused);
  const number = looksLikePhoneNumber(text) ? resolveDigits(text, context) : null;
  // The next line would also return this number unchanged, but only after a query of the journal.
  if (number?.ok === true && number.address === text) return number;
  if (isSender(text, context)) return yes(text);
  if (number !== null) return number;
  if (split === null) return noOne(text, text, context);
  const { channel, rest } = split;
  if (rest === "") return no(`${text} has no number or name after the channel`);
  const isPhone = isPhoneChannel(channel);
  if (isPhone && (looksLikePhoneNumber(rest) || isNumberInChannel(rest))) {
    const resolved = resolveDigits(rest, context);
    return resolved.ok ? { ...resolved, address: `${channel}:${resolved.address}` } : resolved;
  }
  // If `rest` contains a blank, it is not a user name of a channel. If it has only letters and is similar to a
  // contact's name, it is a misspelt contact's name.
  const isMisspelt = isPhone && /^\p{L}+$/u.test(rest) && suggestContacts(rest, context.contacts) !== "";
  if (isMisspelt || /\s/.test(rest)) return noOne(text, isPhone ? rest : text, context);
  return yes(`${channel}:${rest}`);
}

function resolveDigits(text: string, { country, isInteger, isKnownAddress }: TidyContext): Resolved {
  const read = resolveNumber(text, { country, isInteger });
  if (read.ok) return yes(read.number);
  if (read.isForbidden) return no(read.reason);
  // Twilio may write a sender in a form that libphonenumber's tables do not have, such as +521… in Mexico. A template
  // may have removed the `+`, so add it.
  const number = text.replace(/[\s().\-/]/g, "").replace(/^(\+|00)?/, "+");
  if (/^\+[1-9]\d{6,14}$/.test(number)) {
    const other = alternativeForm(number);
    const isForm = other !== null && parsePhoneNumber(other, { country }).ok;
    if (isForm || isKnownAddress?.(number) === true) return yes(number);
  }
  return no(read.reason);
}

/**
 * Whether a message or call has come from this sender (`isKnownAddress`). Withheld numbers, short codes and emergency
 * numbers never count. So nobody can make the app call an emergency number by forging a sender.
 */
function isSender(address: string, { country, isKnownAddress }: RecipientContext): boolean {
  if (isWithheldNumber(address) || /^\+?\d{1,6}$/.test(address)) return false;
  if (emergencyNumberProblem(address, country) !== null) return false;
  return isKnownAddress?.(address) === true;
}

function noOne(text: string, name: string, { contacts }: RecipientContext): Resolved {
  const hint = suggestContacts(name, contacts);
  return {
    ok: false,
    reason: `${showHiddenCharacters(text)} is neither a number nor the name of a contact.${hint}`,
  };
}

function yes(address: string): Resolved {
  return { ok: true, address, contact: null };
}

function no(reason: string): Resolved {
  return { ok: false, reason: `${reason}.` };
}
