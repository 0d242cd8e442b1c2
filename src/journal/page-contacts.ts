import * as z from "zod";

import type { ContactMemory, StoredContact } from "../contacts/ports.ts";
import { jsonCodec } from "./json-codec.ts";
import type { FieldsOf } from "./json-codec.ts";
import type { SettingsTable } from "./settings-table.ts";

const codec = jsonCodec<StoredContact[]>(
  "facts.contacts",
  z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        number: z.string(),
        push: z.exactOptional(z.string()),
        pin: z.exactOptional(z.string()),
      } satisfies FieldsOf<StoredContact>),
    )
    .catch([]),
);

/** Stores, in the settings table, the contacts that the user added on the app's page. */
export function createPageContacts(settings: Pick<SettingsTable, "get" | "set">): ContactMemory {
  return {
    load() {
      const stored = settings.get("contacts");
      return stored === null ? [] : codec.decode(stored);
    },
    save: (contacts) => settings.set("contacts", codec.encode([...contacts])),
  };
}
