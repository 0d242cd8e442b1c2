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
 * Stores, in the settings table, how many notes (encrypted webhooks) the relay has brought today. The count is written
 * with the next transaction, usually that of the note itself. If this write fails, the next count replaces the lost
 * one.
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
