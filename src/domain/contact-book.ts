import type { Contact } from "./contact.ts";

/** Channels whose addresses are phone numbers; what stands after `client:` or `messenger:` is none. */
const PHONE_CHANNEL = /^(whatsapp|rcs):/i;

/** Needs no table of numbers to be compared. */
const INTERNATIONAL = /^(whatsapp:)?\+[1-9]\d{6,14}$/i;
/**
 * A country's code with the 0 of a national number after it, as people mix them: `+49 0171…`. Italy's 0 belongs there,
 * and codes that begin with 1 or 7 have none.
 */
const STRAY_ZERO =
  /\+(2[07]|3[0-46]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(2[1-689]|3[578]|42|50|59|6[7-9]|8[0578]|9[679])\d)0/;

export interface ContactBook {
  /** The contact's name for an address such as `+4915112345678` or `whatsapp:+49…`, or null. */
  contactOf(address: string): string | null;
  /**
   * Reads all numbers as written in this country, null where Home Assistant has none set. Resolves when they are read,
   * with a sentence about each that cannot be.
   */
  useCountry(country: string | null): Promise<readonly string[]>;
  /** False while somebody might not be recognised for want of a country. */
  isComplete(): boolean;
}

/**
 * Finds the contact of a caller. It is asked for each webhook, so the numbers are read once and kept in a map; only
 * those that are not international need a country and the tables of libphonenumber, which take 20 MB.
 */
export function createContactBook(contacts: readonly Contact[]): ContactBook {
  const isPlain = ({ number }: Contact): boolean => INTERNATIONAL.test(number) && !STRAY_ZERO.test(number);
  const plain = contacts.filter(isPlain);
  let names = namesByAddress(plain.map(({ name, number }) => ({ name, address: number })));
  let isComplete = plain.length === contacts.length;
  let latest: string | null | undefined;

  return {
    contactOf(address) {
      const tight = address.replace(/[\s().\-/]/g, "");
      return names.get(tight) ?? names.get(tight.replace(PHONE_CHANNEL, "")) ?? null;
    },
    async useCountry(country) {
      if (plain.length === contacts.length || latest === country) return [];
      latest = country;
      const { resolveRecipient } = await import("./resolve-recipient.ts");
      const problems: string[] = [];
      const read = contacts.flatMap((contact) => {
        const { name, number } = contact;
        if (isPlain(contact)) return [{ name, address: number }];
        const resolved = resolveRecipient(number, { country, contacts: [] });
        if (resolved.ok) return [{ name, address: resolved.address }];
        problems.push(`contacts, ${name}: ${resolved.reason}`);
        return [];
      });
      names = namesByAddress(read);
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

/** A contact for just this channel comes before another one with the same number; of equal ones the first. */
function namesByAddress(read: readonly Read[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const numbers = read.map(({ name, address }) => ({ name, address: address.replace(PHONE_CHANNEL, "") }));
  for (const { name, address } of [...read, ...numbers]) if (!names.has(address)) names.set(address, name);
  return names;
}
