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
  let unread: { readonly country: string | null } | null = null;
  async function read(country: string | null): Promise<void> {
    unread = null;
    try {
      for (const problem of await useCountry(country)) logger.warning(problem);
    } catch (error) {
      unread = { country };
      logger.warning(`The contacts' numbers cannot be read now: ${String(error)}`, "contacts unread");
    }
  }

  function readAgain(): void {
    if (unread !== null) void read(unread.country);
  }

  const before = facts.get("country");
  if (before !== null) await read(before || null);
  return {
    contactOf(address) {
      readAgain();
      return contactOf(address);
    },
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
