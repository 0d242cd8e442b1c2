import {
  isNumberInChannel,
  isPhoneChannel,
  splitChannel,
  withoutPhoneChannel,
} from "../domain/address/channel-address.ts";
import type { Contact } from "./contact.ts";
import { alternativeForm } from "./numbers/number-forms.ts";

/** Matches an international number. Such numbers can be compared without libphonenumber's tables. */
const INTERNATIONAL = /^\+[1-9]\d{6,14}$/;
/**
 * Matches a number such as `+49 0171…`, in which a 0 follows the country's code. In most countries, this is a mistake;
 * only libphonenumber knows the others, such as Ivory Coast. Italy's code is left out, because there the 0 is part of
 * the number. Codes that begin with 1 or 7 are also left out, because numbers there never begin with 0.
 */
const STRAY_ZERO =
  /\+(2[07]|3[0-46]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(2[1-689]|3[578]|42|50|59|6[7-9]|8[0578]|9[679])\d)0/;

export interface RecognizedContact {
  readonly name: string;
  /**
   * False if the number has another form than the contact's number (see `alternativeForm`). The other form is enough to
   * name the contact, but not to unlock something.
   */
  readonly isExact: boolean;
}

export interface ContactBook {
  /**
   * Finds the contact with a number such as `+4915112345678`, or with a channel address such as `whatsapp:+49…`. Null
   * if no contact has it.
   */
  recognize(address: string): RecognizedContact | null;
  /** The name of the contact that `recognize` finds. */
  contactOf(address: string): string | null;
  /**
   * Reads all contacts' numbers as people in `country` write them; `country` is null if the user has set none in Home
   * Assistant. Resolves with a sentence about each number that cannot be read. Rejects and changes nothing if
   * libphonenumber cannot be loaded.
   */
  setCountry(country: string | null): Promise<readonly string[]>;
  /**
   * False while some contacts' numbers have not been read, because Home Assistant's country is not known yet or
   * libphonenumber could not be loaded.
   */
  isComplete(): boolean;
}

/**
 * Creates the book that finds the contact of a number or channel address. Each webhook needs this look-up, so the book
 * reads all numbers in advance. A country and libphonenumber, which takes 20 MB, are only needed for numbers that are
 * not international or match `STRAY_ZERO`.
 */
export function createContactBook(contacts: readonly Contact[]): ContactBook {
  const plain = contacts.filter(({ number }) => isPlain(number));
  let owners = ownersByAddress(plain.map(({ name, number }) => ({ name, address: number })));
  let isComplete = plain.length === contacts.length;
  let latest: string | null | undefined;

  const ownersOf = (address: string): readonly string[] => owners.get(address) ?? [];

  function recognize(given: string): RecognizedContact | null {
    const address = keyOf(given);
    const [exact] = [...ownersOf(address), ...ownersOf(withoutPhoneChannel(address))];
    if (exact !== undefined) return { name: exact, isExact: true };
    const other = alternativeForm(address);
    if (other === null) return null;
    const [name, ...others] = new Set([...ownersOf(other), ...ownersOf(withoutPhoneChannel(other))]);
    return name === undefined || others.length > 0 ? null : { name, isExact: false };
  }

  return {
    recognize,
    contactOf: (address) => recognize(address)?.name ?? null,
    async setCountry(country) {
      if (plain.length === contacts.length || latest === country) return [];
      const { resolveRecipient } = await import("./resolve-recipient.ts");
      latest = country;
      const problems: string[] = [];
      const read = contacts.flatMap(({ name, number }) => {
        if (isPlain(number)) return [{ name, address: number }];
        const resolved = resolveRecipient(number, { country, contacts: [] });
        if (resolved.ok) return [{ name, address: resolved.address }];
        problems.push(`contacts, ${name}: ${resolved.reason}`);
        return [];
      });
      owners = ownersByAddress(read);
      isComplete = true;
      return problems;
    },
    isComplete: () => isComplete,
  };
}

interface Read {
  readonly name: string;
  readonly address: string;
}

/**
 * Returns the names of the contacts with each number or channel address. If several contacts have the same number,
 * those that are stored without a channel come first.
 */
function ownersByAddress(read: readonly Read[]): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  const own = read.map(({ name, address }) => ({ name, address: keyOf(address) }));
  const numbers = own.map(({ name, address }) => ({ name, address: withoutPhoneChannel(address) }));
  for (const { name, address } of [...own, ...numbers]) {
    const known = owners.get(address);
    if (known === undefined) owners.set(address, [name]);
    else known.push(name);
  }
  return owners;
}

/**
 * Whether the book can read `number` without libphonenumber. True for a number in E.164 without a stray 0, with or
 * without a channel such as `whatsapp:` before it. Also true for a channel address without a phone number, such as
 * `client:anna`.
 */
function isPlain(number: string): boolean {
  const split = splitChannel(number);
  if (split !== null && !(isPhoneChannel(split.channel) && isNumberInChannel(split.rest))) return true;
  const rest = split?.rest ?? number;
  return INTERNATIONAL.test(rest) && !STRAY_ZERO.test(rest);
}

/**
 * The form in which the book stores a number or channel address. It has no blanks or marks between digits, and the
 * channel is in lower case.
 */
function keyOf(address: string): string {
  const split = splitChannel(address);
  const rest = split?.rest ?? address;
  const tight = rest.replace(/[\s().\-/]/g, "");
  const key = /^\+?\d+$/.test(tight) ? tight : rest;
  return split === null ? key : `${split.channel.toLowerCase()}:${key}`;
}
