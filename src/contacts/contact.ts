import { normalizeText } from "../domain/text/normalize-text.ts";
import { toPlainCharacters } from "../domain/text/plain-characters.ts";
import { nearestNames } from "./nearest-names.ts";

/** A contact of the options or of the app's page. `number` is normalized to `+…` if it is international; else as the user wrote it. */
export interface Contact {
  readonly name: string;
  readonly number: string;
}

export type ContactMatch =
  | { readonly kind: "found"; readonly contact: Contact }
  | { readonly kind: "ambiguous"; readonly reason: string }
  | { readonly kind: "unknown" };

/** Finds the contact with a name; case and spacing do not matter. If two have the name, it is ambiguous: never guess. */
export function findContact(text: string, contacts: readonly Contact[]): ContactMatch {
  const wanted = foldName(text);
  const namesakes = contacts.filter(({ name }) => foldName(name) === wanted);
  const [contact] = namesakes;
  if (contact === undefined) return { kind: "unknown" };
  if (new Set(namesakes.map(({ number }) => number)).size === 1) return { kind: "found", contact };
  const candidates = namesakes.map(({ name, number }) => `${name} (…${lastDigits(number)})`);
  return { kind: "ambiguous", reason: `${text} can be ${candidates.join(" or ")}` };
}

/** A question with the contacts' names that are similar to an unknown name; empty if there are none. */
export function suggestContacts(text: string, contacts: readonly Contact[]): string {
  const names = contacts.map(({ name }) => ({ name, folded: foldName(name) }));
  const near = nearestNames(foldName(text), names);
  return near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
}

/**
 * A form of a name for comparison, which ignores case and the kind of dashes, blanks, quotation marks and invisible
 * characters. Upper case comes first, because only there are `ß` and `SS` equal.
 */
export function foldName(name: string): string {
  const plain = normalizeText(toPlainCharacters(normalizeText(name)));
  return plain.normalize("NFC").toUpperCase().toLowerCase().replace(/\s+/g, " ").trim();
}

/** The last two digits, which distinguish two numbers without revealing them in the log. */
export function lastDigits(number: string): string {
  return number.replace(/\D/g, "").slice(-2);
}
