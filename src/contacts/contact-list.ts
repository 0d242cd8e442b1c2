import { normalizeAddress } from "../domain/address/normalize-address.ts";
import type { Chance } from "../domain/chance.ts";
import { trimEdges } from "../domain/text/trim-edges.ts";
import { foldName } from "./contact.ts";
import type { Contact } from "./contact.ts";
import { readContactNumber } from "./numbers/read-contact-number.ts";
import type { ContactMemory, StoredContact } from "./ports.ts";

/** The highest number of characters in a contact's name. */
const LONGEST_NAME = 80;
const LONGEST_NUMBER = 100;
/**
 * The highest number of contacts on the app's page. The app compares them with the sender of each webhook, and stores
 * all of them as one value.
 */
const MOST_CONTACTS = 500;
/**
 * Matches a name that looks like a phone number. The app refuses such a name. Otherwise, an action with this phone
 * number would reach the contact instead.
 */
const LIKE_A_NUMBER = /^[+\d\s().\-/]*$/;

/** Matches the name of a notify action of Home Assistant, with or without `notify.`. */
const NOTIFY_ACTION = /^(?:notify\.)?([a-z0-9_]{1,100})$/;
const PIN = /^\d{4,8}$/;

/**
 * A contact as the user typed it on the app's page. An empty `push` or `pin` removes the earlier one. If the field is
 * missing, the earlier one stays.
 */
export type TypedContact = Contact;

/**
 * The reason why the app cannot save a contact. `taken`: another contact has this name. `gone`: the contact does not
 * exist any more.
 */
export type ContactFault =
  | "no_name"
  | "number_as_name"
  | "no_number"
  | "no_push"
  | "no_pin"
  | "taken"
  | "too_many"
  | "gone";

export type ContactChange = { readonly ok: true } | { readonly ok: false; readonly fault: ContactFault };

/** All contacts: those of the options, and those of the app's page, which the user can change at any time. */
export interface ContactList {
  /** All contacts, those of the options first. Returns the same array until a contact changes. */
  all(): readonly Contact[];
  /** The contacts of the app's page. */
  own(): readonly StoredContact[];
  /** Adds a contact, or changes the contact with this ID. The change is on the disk when the method returns. */
  save(typed: TypedContact, id: string | null): ContactChange;
  /** Removes a contact of the app's page. The change is on the disk when the method returns. */
  remove(id: string): ContactChange;
}

export interface ContactListOptions {
  /** The contacts of the options. */
  readonly fromOptions: readonly Contact[];
  readonly memory: ContactMemory;
  readonly chance: Pick<Chance, "uuid">;
}

/** Creates the list of all contacts, and reads those of the app's page from `memory`. */
export function createContactList({ fromOptions, memory, chance }: ContactListOptions): ContactList {
  let own = memory.load();
  let all = [...fromOptions, ...own];

  function store(contacts: readonly StoredContact[]): void {
    memory.save(contacts);
    own = contacts;
    all = [...fromOptions, ...own];
  }

  function faultOf(name: string, number: string | null, id: string | null): ContactFault | null {
    if (name === "" || name.length > LONGEST_NAME) return "no_name";
    if (LIKE_A_NUMBER.test(name)) return "number_as_name";
    if (number === null || number.length > LONGEST_NUMBER) return "no_number";
    const others = [...fromOptions, ...own.filter((contact) => contact.id !== id)];
    if (others.some((contact) => foldName(contact.name) === foldName(name))) return "taken";
    if (id === null) return own.length >= MOST_CONTACTS ? "too_many" : null;
    return own.some((contact) => contact.id === id) ? null : "gone";
  }

  return {
    all: () => all,
    own: () => own,
    save(typed, id) {
      const name = trimEdges(typed.name);
      const number = readContactNumber(normalizeAddress(typed.number));
      const before = own.find((contact) => contact.id === id);
      const push = trimEdges(typed.push ?? before?.push ?? "");
      const pin = trimEdges(typed.pin ?? before?.pin ?? "");
      const service = NOTIFY_ACTION.exec(push)?.[1];
      const fault = faultOf(name, number, id);
      if (fault !== null || number === null) return { ok: false, fault: fault ?? "no_number" };
      if (push !== "" && service === undefined) return { ok: false, fault: "no_push" };
      if (pin !== "" && !PIN.test(pin)) return { ok: false, fault: "no_pin" };
      const saved: StoredContact = {
        id: id ?? chance.uuid(),
        name,
        number,
        ...(service === undefined ? {} : { push: service }),
        ...(pin === "" ? {} : { pin }),
      };
      store(id === null ? [...own, saved] : own.map((contact) => (contact.id === id ? saved : contact)));
      return { ok: true };
    },
    remove(id) {
      if (!own.some((contact) => contact.id === id)) return { ok: false, fault: "gone" };
      store(own.filter((contact) => contact.id !== id));
      return { ok: true };
    },
  };
}
