import { normalizeText } from "../domain/text/normalize-text.ts";
import { toPlainCharacters } from "../domain/text/plain-characters.ts";
import { nearestNames } from "./nearest-names.ts";

/**
 * A contact of the options or of the app's page. An international `number` has the form `+…`. Other numbers stay as the
 * user wrote them.
 */
export interface Contact {
  readonly name: string;
  readonly number: string;
  /** The notify action that sends alarms to the contact's phone, without `notify.`. */
  readonly push?: string;
  /** The digits with which the contact shows who they are. */
  readonly pin?: string;
}

export type ContactMatch =
  | { readonly kind: "found"; readonly contact: Contact }
  | { readonly kind: "ambiguous"; readonly contacts: readonly Contact[]; readonly reason: string }
  | { readonly kind: "unknown" };

/**
 * Finds the contact with a name, compared by `foldName`. If contacts with this name have different numbers, the answer
 * is `ambiguous`, because a wrong guess would reach the wrong person.
 */
export function findContact(text: string, contacts: readonly Contact[]): ContactMatch {
  const wanted = foldName(text);
  const namesakes = contacts.filter(({ name }) => foldName(name) === wanted);
  const [contact] = namesakes;
  if (contact === undefined) return { kind: "unknown" };
  if (new Set(namesakes.map(({ number }) => number)).size === 1) return { kind: "found", contact };
  const candidates = namesakes.map(({ name, number }) => `${name} (…${lastDigits(number)})`);
  const reason = `${text} can be ${candidates.join(" or ")}`;
  return { kind: "ambiguous", contacts: namesakes, reason };
}

/** Asks whether one of the contacts with a similar name was meant. Empty if no name is similar. */
export function suggestContacts(text: string, contacts: readonly Contact[]): string {
  const names = contacts.map(({ name }) => ({ name, folded: foldName(name) }));
  const near = nearestNames(foldName(text), names);
  return near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
}

/**
 * Turns a name into a form for comparison. The form ignores case, the kind of dashes and apostrophes, the kind and
 * number of blanks, quotation marks around the name, and invisible characters. The name first gets upper case, because
 * `ß` and `SS` are equal only in upper case.
 */
export function foldName(name: string): string {
  const plain = normalizeText(toPlainCharacters(normalizeText(name)));
  return plain.normalize("NFC").toUpperCase().toLowerCase().replace(/\s+/g, " ").trim();
}

/** The last two digits of a number. In the log, they tell two numbers apart without showing the numbers. */
export function lastDigits(number: string): string {
  return number.replace(/\D/g, "").slice(-2);
}
