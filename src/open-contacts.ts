import { createContactBook } from "./domain/contact-book.ts";
import type { ContactBook } from "./domain/contact-book.ts";
import type { Contact } from "./domain/contact.ts";
import type { Logger } from "./domain/logger.ts";
import type { KeptFacts } from "./journal/kept-facts.ts";

export interface ContactParts {
  readonly contacts: readonly Contact[];
  readonly facts: Pick<KeptFacts, "get" | "set">;
  readonly logger: Logger;
}

export interface Contacts extends Pick<ContactBook, "contactOf" | "isComplete"> {
  /** Told each time that Home Assistant says where it is. */
  inCountry(country: string | null): void;
}

/**
 * The contacts, their numbers read in Home Assistant's country: until it says which, in the one that it was in before,
 * so that nobody is a stranger for as long as Home Assistant is away.
 */
export async function openContacts({ contacts, facts, logger }: ContactParts): Promise<Contacts> {
  const { useCountry, contactOf, isComplete } = createContactBook(contacts);
  const read = async (country: string | null): Promise<void> => {
    for (const problem of await useCountry(country)) logger.warning(problem);
  };
  const before = facts.get("country");
  if (before !== null) await read(before || null);
  return {
    contactOf,
    isComplete,
    inCountry(country) {
      void read(country);
      if (facts.get("country") === (country ?? "")) return;
      try {
        facts.set("country", country ?? "");
      } catch {
        // For want of room on the disk, say. Then it is only missed by the next start while Home Assistant is away.
      }
    },
  };
}
