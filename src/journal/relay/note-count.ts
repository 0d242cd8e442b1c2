import * as z from "zod";

import type { NoteCount, NoteCountMemory } from "../../inbound/relay/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import { jsonCodec } from "../json-codec.ts";
import type { FieldsOf } from "../json-codec.ts";
import type { SettingsTable } from "../settings-table.ts";

const codec = jsonCodec<NoteCount | null>(
  "facts.relay_notes",
  z
    .object({ day: z.int(), count: z.int() } satisfies FieldsOf<NoteCount>)
    .nullable()
    .catch(null),
);

/**
 * The day's count of the relay's notes, in the settings table. It is written with the next transaction, which is usually
 * that of the note itself. A count that could not be written is replaced by the next one.
 */
export function createNoteCount(
  settings: Pick<SettingsTable, "get" | "set">,
  commitSoon: Commit,
): NoteCountMemory {
  return {
    read() {
      const stored = settings.get("relay_notes");
      return stored === null ? null : codec.decode(stored);
    },
    save: (count) =>
      void commitSoon(() => settings.set("relay_notes", codec.encode(count))).catch(() => undefined),
  };
}
