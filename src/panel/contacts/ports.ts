import type { Contact } from "../../contacts/contact.ts";
import type { Contacts } from "../../contacts/open-contacts.ts";

/** The data and actions that the page Contacts uses. */
export interface ContactsPorts {
  readonly contacts: {
    /** The contacts from the options. The page shows them, but cannot change them. */
    readonly fromOptions: readonly Contact[];
  } & Pick<Contacts, "own" | "contactOf" | "save" | "remove">;
}
