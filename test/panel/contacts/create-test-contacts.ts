import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import { createContactBook } from "../../../src/contacts/contact-book.ts";
import { createContactList } from "../../../src/contacts/contact-list.ts";
import type { ContactsPorts } from "../../../src/panel/contacts/ports.ts";

export interface TestContacts {
  fromOptions: ContactsPorts["contacts"]["fromOptions"];
  own: ContactsPorts["contacts"]["own"];
  contactOf: ContactsPorts["contacts"]["contactOf"];
  save: ContactsPorts["contacts"]["save"];
  remove: ContactsPorts["contacts"]["remove"];
  /** Whether the disk is full, so that no contact can be stored. */
  isDiskFull: boolean;
}

/** Contacts in memory, with one contact of the options. */
export function createTestContacts(): TestContacts {
  const fromOptions = [{ name: "Alice", number: "+12125550123" }];
  const memory = {
    load: () => [],
    save() {
      if (contacts.isDiskFull) throw new Error("disk full");
    },
  };
  const list = createContactList({ fromOptions, memory, chance: SYSTEM_CHANCE });
  const contacts: TestContacts = {
    fromOptions,
    own: list.own,
    contactOf: (address) => createContactBook(list.all()).contactOf(address),
    save: async (typed, id) => list.save(typed, id),
    remove: async (id) => list.remove(id),
    isDiskFull: false,
  };
  return contacts;
}
