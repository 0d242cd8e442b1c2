import { createContactList } from "../contacts/contact-list.ts";
import { openContacts } from "../contacts/open-contacts.ts";
import type { Contacts } from "../contacts/open-contacts.ts";
import type { Journal } from "../journal/journal.ts";
import { createPageContacts } from "../journal/page-contacts.ts";
import type { AppSettings } from "./process/settings.ts";

/** Opens the list of contacts: those of the options, and those that the user added on the app's page. */
export async function openAllContacts(
  { options, chance, logger }: Pick<AppSettings, "options" | "chance" | "logger">,
  { settings }: Pick<Journal, "settings">,
): Promise<Contacts> {
  const memory = createPageContacts(settings);
  const list = createContactList({ fromOptions: options.contacts, memory, chance });
  return await openContacts({ list, settings, logger });
}
