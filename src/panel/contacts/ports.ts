import type { Contact } from "../../contacts/contact.ts";
import type { Contacts } from "../../contacts/open-contacts.ts";

/** What the page Contacts needs from the rest of the app. */
export interface ContactsPorts {
  readonly contacts: {
    /** The contacts from the options. The page shows them, but cannot change them. */
    readonly fromOptions: readonly Contact[];
  } & Pick<Contacts, "own" | "contactOf" | "save" | "remove">;
}
