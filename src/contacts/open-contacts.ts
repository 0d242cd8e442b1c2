import type { Logger } from "../domain/log/logger.ts";
import { createContactBook } from "./contact-book.ts";
import type { ContactBook, RecognizedContact } from "./contact-book.ts";
import type { ContactChange, ContactList, TypedContact } from "./contact-list.ts";
import type { Contact } from "./contact.ts";
import type { CountryMemory, StoredContact } from "./ports.ts";

export interface ContactDependencies {
  readonly list: ContactList;
  readonly settings: CountryMemory;
  readonly logger: Logger;
}

export interface Contacts extends Pick<ContactBook, "recognize" | "contactOf" | "isComplete"> {
  /** Called each time that Home Assistant has reported its country. */
  ready(country: string | null): void;
  /** All contacts: those of the options, and those of the app's page. */
  all(): readonly Contact[];
  /** The contacts of the app's page. */
  own(): readonly StoredContact[];
  /** Adds a contact, or changes the contact with this ID. Resolves when new events contain the new name. */
  save(typed: TypedContact, id: string | null): Promise<ContactChange>;
  /** Removes a contact of the app's page. Resolves when new events do not contain the name any more. */
  remove(id: string): Promise<ContactChange>;
}

/**
 * Opens the contacts, and reads their numbers as people in Home Assistant's country write them. Until Home Assistant
 * reports its country, the stored country of an earlier start counts. So contacts are recognized before Home Assistant
 * runs.
 */
export async function openContacts({ list, settings, logger }: ContactDependencies): Promise<Contacts> {
  let contacts = list.all();
  let book = createContactBook(contacts);
  /** Home Assistant's country; empty if the user has set none, undefined while it is not known. */
  let country = settings.get("country") ?? undefined;
  let isUnread = false;

  /**
   * Reads the numbers in a contact book (which finds the contact of a number) as those of Home Assistant's country. If
   * libphonenumber cannot be loaded, the next `contactOf` tries again.
   */
  async function read(unread: ContactBook): Promise<void> {
    if (country === undefined) return;
    try {
      for (const problem of await unread.setCountry(country || null)) logger.warning(problem);
    } catch (error) {
      isUnread = true;
      logger.warning(
        `The app could not load its rules for phone numbers, so it does not know the contacts' numbers yet. It tries again: ${String(error)}`,
        "contacts unread",
      );
    }
  }

  function readAgain(): void {
    if (!isUnread) return;
    isUnread = false;
    void read(book);
  }

  /**
   * After a change of contacts, makes a new contact book, which finds the contact of a number. The old book is used
   * until all numbers are read. If the contacts have changed again meanwhile, the new book is not used.
   */
  async function rebuild(change: ContactChange): Promise<ContactChange> {
    if (!change.ok) return change;
    const changed = list.all();
    const next = createContactBook(changed);
    await read(next);
    if (changed !== list.all()) return change;
    contacts = changed;
    book = next;
    // Home Assistant may have reported another country while the numbers were read. So read them again by the present
    // country.
    await read(book);
    return change;
  }

  /**
   * Whether a text is a number or channel address that can be called or written to. True for each text while Home
   * Assistant's country is not known.
   */
  async function isReadable(number: string): Promise<boolean> {
    if (country === undefined) return true;
    const { resolveRecipient } = await import("./resolve-recipient.ts");
    return resolveRecipient(number, { country: country || null, contacts: [] }).ok;
  }

  function recognize(address: string): RecognizedContact | null {
    readAgain();
    return book.recognize(address);
  }

  await read(book);
  return {
    recognize,
    contactOf: (address) => recognize(address)?.name ?? null,
    isComplete: () => book.isComplete(),
    all: () => contacts,
    own: list.own,
    async save(typed, id) {
      if (typed.number.trim() !== "" && !(await isReadable(typed.number)))
        return { ok: false, fault: "no_number" };
      return await rebuild(list.save(typed, id));
    },
    remove: (id) => rebuild(list.remove(id)),
    ready(reported) {
      country = reported ?? "";
      isUnread = false;
      void read(book);
      if (settings.get("country") === country) return;
      try {
        settings.set("country", country);
      } catch {
        // The country could not be stored, for example on a full disk. Until Home Assistant reports it again, the next
        // start has only the country that was stored before, or none.
      }
    },
  };
}
