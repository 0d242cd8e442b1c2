import type { Contact } from "../../contacts/contact.ts";
import type { Contacts } from "../../contacts/open-contacts.ts";

/** What the page Contacts needs. */
export interface ContactsPorts {
  readonly contacts: {
    /** The contacts of the options. The page only shows them. */
    readonly fromOptions: readonly Contact[];
  } & Pick<Contacts, "own" | "contactOf" | "save" | "remove">;
}
