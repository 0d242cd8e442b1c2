import { personOf } from "../../domain/events/conversation.ts";
import type { LastAddresses } from "../../outbound/ports.ts";
import type { JournalDatabase } from "../database/open.ts";

/** The search reads at most this many of a person's newest entries, so that a long history does not slow it down. */
const MOST_READ = 1_000;

export const LAST_ADDRESS_QUERY = `SELECT at, data ->> '$.To' AS ours FROM (
    SELECT at, ref FROM conversation_entries
    WHERE conversation = (SELECT id FROM conversations WHERE address = ?) AND source = 0
    ORDER BY at DESC, source DESC, ref DESC LIMIT ${MOST_READ})
  JOIN events ON seq = ref WHERE kind = ? AND data ->> '$.From' = ? ORDER BY at DESC, ref DESC LIMIT 1`;

/**
 * Finds when somebody last wrote or called from a number or channel address, and to which of the user's numbers. Reads
 * the history of conversations.
 */
export function createLastAddresses(journal: JournalDatabase): LastAddresses {
  const newest = journal.prepare(LAST_ADDRESS_QUERY);

  const last: LastAddresses["last"] = (address, kind) => {
    const row = newest.get(personOf(address), kind === "call" ? "incoming_call" : "message", address);
    if (row === undefined) return null;
    const { at, ours } = row;
    return { at: Number(at), ours: typeof ours === "string" && ours !== "" ? ours : null };
  };

  return {
    last,
    isKnown: (address) => last(address, "message") !== null || last(address, "call") !== null,
  };
}
