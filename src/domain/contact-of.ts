/** A person the user named; `number` as the option gives it, tidied to `+…` where it is international. */
export interface Contact {
  readonly name: string;
  readonly number: string;
}

/** The contact's name for an address such as `+4915112345678` or `whatsapp:+49…`, or null. */
export function contactOf(address: string, contacts: readonly Contact[]): string | null {
  const number = bare(address);
  return contacts.find((contact) => bare(contact.number) === number)?.name ?? null;
}

function bare(address: string): string {
  return address.replace(/^\w+:/, "").replace(/[\s().\-/]/g, "");
}
