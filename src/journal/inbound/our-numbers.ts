import * as z from "zod";

import type { OurNumber } from "../../inbound/backfill/missed-item.ts";
import type { BackfillProgress, OurNumbers } from "../../inbound/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import type { FieldsOf } from "../json-codec.ts";
import { createSettingsTable } from "../settings-table.ts";

const ourNumbers = z.array(
  z.object({ kind: z.enum(["message", "call"]), address: z.string() } satisfies FieldsOf<OurNumber>),
);

/**
 * After a write of `lastSigned`, webhooks about known numbers do not write it again within this time, in milliseconds.
 * The app shows `lastSigned`, and compares it with the times of failed webhooks. Some seconds do not matter for that.
 */
const WRITE_INTERVAL_MS = 10_000;

export interface OurNumbersJournal extends OurNumbers, BackfillProgress {
  /**
   * When the last new webhook (no repetition) with a valid signature came, in milliseconds since 1970 and exact to some
   * seconds. Null if none came.
   */
  lastSigned(): number | null;
}

/** Stores at which of the account's numbers signed webhooks arrived, and when the last one arrived. */
export function createOurNumbers(journal: JournalDatabase, commit: Commit): OurNumbersJournal {
  const insert = journal.prepare("INSERT OR IGNORE INTO heard_numbers (kind, address) VALUES (?, ?)");
  const select = journal.prepare("SELECT kind, address FROM heard_numbers ORDER BY kind, address");
  const settings = createSettingsTable(journal);

  const known = new Set<string>();
  let writtenAt = 0;

  return {
    completedUntil() {
      // Versions up to 7 of the journal stored the time of the last webhook as `last_heard`. During a backfill, they
      // kept a copy of it as `backfill_from`.
      const at =
        settings.get("backfilled_until") ?? settings.get("backfill_from") ?? settings.get("last_heard");
      return at === null ? null : Number(at);
    },
    lastSigned() {
      const at = settings.get("last_signed");
      return at === null ? null : Number(at);
    },
    saveCompletion: (until) => commit(() => settings.set("backfilled_until", String(until))),
    numbers: () => ourNumbers.parse(select.all()),
    async save(number, at) {
      const name = number === null ? null : `${number.kind} ${number.address}`;
      const isKnown = name === null || known.has(name);
      if (isKnown && at - writtenAt < WRITE_INTERVAL_MS) return;
      await commit(() => {
        if (number !== null) insert.run(number.kind, number.address);
        settings.set("last_signed", String(at));
      });
      writtenAt = at;
      if (name !== null) known.add(name);
    },
  };
}
