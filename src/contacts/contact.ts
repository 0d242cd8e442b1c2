import { normalizeText } from "../domain/text/normalize-text.ts";
import { toPlainCharacters } from "../domain/text/plain-characters.ts";
import { nearestNames } from "./nearest-names.ts";

/** A person the user named; `number` as the option gives it, tidied to `+…` where it is international. */
export interface Contact {
  readonly name: string;
  readonly number: string;
}

export type ContactMatch =
  | { readonly kind: "found"; readonly contact: Contact }
  | { readonly kind: "ambiguous"; readonly reason: string }
  | { readonly kind: "unknown" };

/** Whom a name means, its case and spacing forgiven. Two of one name are refused: a guess would tell the wrong person. */
export function findContact(text: string, contacts: readonly Contact[]): ContactMatch {
  const wanted = foldName(text);
  const namesakes = contacts.filter(({ name }) => foldName(name) === wanted);
  const [contact] = namesakes;
  if (contact === undefined) return { kind: "unknown" };
  if (new Set(namesakes.map(({ number }) => number)).size === 1) return { kind: "found", contact };
  const candidates = namesakes.map(({ name, number }) => `${name} (…${lastDigits(number)})`);
  return { kind: "ambiguous", reason: `${text} can be ${candidates.join(" or ")}` };
}

/** Asks for those whom a name that nobody has may mean; empty where it is like none. */
export function suggestContacts(text: string, contacts: readonly Contact[]): string {
  const names = contacts.map(({ name }) => ({ name, folded: foldName(name) }));
  const near = nearestNames(foldName(text), names);
  return near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
}

/**
 * Equal for names that people take for the same, also with other dashes, blanks, quotation marks and invisible
 * characters. Upper case first, since `ß` and `SS` only meet there.
 */
export function foldName(name: string): string {
  const plain = normalizeText(toPlainCharacters(normalizeText(name)));
  return plain.normalize("NFC").toUpperCase().toLowerCase().replace(/\s+/g, " ").trim();
}

/** Enough to tell two numbers of one's own apart, and no number for whoever reads the log. */
export function lastDigits(number: string): string {
  return number.replace(/\D/g, "").slice(-2);
}
