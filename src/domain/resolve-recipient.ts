import type { Contact } from "./contact.ts";
import { didYouMean, findContact } from "./find-contact.ts";
import { isNumberLike, readNumber } from "./read-number.ts";

/** What stands before an address that is no plain number. */
const CHANNEL = /^(whatsapp|sip|sips|client):(.*)$/i;

export interface RecipientContext {
  /** Home Assistant's country, such as `DE`; null where none is set. */
  readonly country: string | null;
  readonly contacts: readonly Contact[];
}

/** `reason` names numbers in full for the automation that asked; a logger masks them. */
export type ResolvedRecipient =
  | { readonly ok: true; readonly address: string; readonly contact: string | null }
  | { readonly ok: false; readonly reason: string };

/**
 * Whom a `to` or `target` means: a contact's name, an address with a channel (`whatsapp:+…`, `sip:…`), or a number as
 * people and templates write it. Never refuses by `isValid`, since new ranges open before any table knows them.
 */
export function resolveRecipient(input: unknown, context: RecipientContext): ResolvedRecipient {
  if (typeof input !== "string" && typeof input !== "number")
    return no("it is neither a number nor a contact's name");
  const text = String(input).trim();
  if (text === "") return no("it is empty");

  const [, channel, rest = ""] = CHANNEL.exec(text) ?? [];
  if (channel === undefined || findContact(text, context.contacts).kind !== "unknown")
    return resolveNamed(text, context);
  if (rest.trim() === "") return no(`${text} names nobody`);
  if (channel.toLowerCase() !== "whatsapp") return yes(text);
  const named = resolveNamed(rest.trim(), context);
  if (!named.ok) return named;
  if (!/^(whatsapp:)?\+?\d+$/.test(named.address)) return no(`${rest.trim()} has no number for WhatsApp`);
  return { ...named, address: named.address.replace(/^(whatsapp:)?/, "whatsapp:") };
}

/** A contact's name, else a number. */
function resolveNamed(text: string, { contacts, country }: RecipientContext): ResolvedRecipient {
  const named = findContact(text, contacts);
  if (named.kind === "ambiguous") return no(named.reason);
  if (named.kind === "unknown") {
    if (isNumberLike(text)) {
      const read = readNumber(text, { country });
      return read.ok ? yes(read.number) : no(read.reason);
    }
    const hint = didYouMean(text, contacts);
    return { ok: false, reason: `${text} is neither a number nor the name of a contact.${hint}` };
  }
  const { name, number } = named.contact;
  const resolved = resolveRecipient(number, { country, contacts: [] });
  return resolved.ok
    ? { ...resolved, contact: name }
    : { ...resolved, reason: `contact ${name}: ${resolved.reason}` };
}

function yes(address: string): ResolvedRecipient {
  return { ok: true, address, contact: null };
}

function no(reason: string): ResolvedRecipient {
  return { ok: false, reason: `${reason}.` };
}
