import * as z from "zod";

import type { OurNumber } from "../../inbound/backfill/missed-item.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import type { FieldsOf } from "../json-codec.ts";
import { createSettingsTable } from "../settings-table.ts";

const ourNumbers = z.array(
  z.object({ kind: z.enum(["message", "call"]), address: z.string() } satisfies FieldsOf<OurNumber>),
);

/** Written at most so often, in milliseconds: it only says where a backfill begins. */
const COARSE_MS = 10_000;

/** Which of our numbers ever reached the app with a valid signature, and when Twilio was last heard at all. */
export function createOurNumbers(journal: JournalDatabase, commit: Commit) {
  const insert = journal.prepare("INSERT OR IGNORE INTO heard_numbers (kind, address) VALUES (?, ?)");
  const select = journal.prepare("SELECT kind, address FROM heard_numbers ORDER BY kind, address");
  const facts = createSettingsTable(journal);

  const known = new Set<string>();
  let notedAt = 0;

  return {
    /**
     * When Twilio was last heard before the earliest start that has not caught up yet, in milliseconds since 1970;
     * null on a first start. What is heard meanwhile does not change it.
     */
    missedSince(): number | null {
      const lastHeard = facts.get("last_heard");
      return lastHeard === null ? null : Number(facts.setIfAbsent("backfill_from", lastHeard));
    },
    /** When a webhook with a valid signature last came, about so; null if none ever did. */
    lastSigned(): number | null {
      const at = facts.get("last_signed");
      return at === null ? null : Number(at);
    },
    /** All that was missed has been fetched. */
    saveCompletion: (): Promise<void> => commit(() => facts.remove("backfill_from")),
    numbers: (): OurNumber[] => ourNumbers.parse(select.all()),
    /** `number` is ours that was reached; null where the webhook was about something else. */
    async save(number: OurNumber | null, at: number): Promise<void> {
      const name = number === null ? null : `${number.kind} ${number.address}`;
      const isKnown = name === null || known.has(name);
      if (isKnown && at - notedAt < COARSE_MS) return;
      await commit(() => {
        if (number !== null) insert.run(number.kind, number.address);
        facts.set("last_heard", String(at));
        facts.set("last_signed", String(at));
      });
      notedAt = at;
      if (name !== null) known.add(name);
    },
  };
}
