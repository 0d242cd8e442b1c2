import type { Clock } from "../../domain/clock.ts";
import type { HistoryThread } from "../../domain/events/activity-journal.ts";
import { personOf } from "../../domain/events/conversation.ts";
import type { ConversationEntry, EntryKey } from "../../domain/events/conversation.ts";
import type { HistoryEntry } from "../../domain/events/history.ts";
import type { JournalDatabase } from "../database/open.ts";
import { createConversationEntries } from "./conversation-entries.ts";

/** How many events of one message or call the history shows; further events are left out. */
const MOST_STEPS = 50;

/**
 * The SQL condition that leaves out repeated events. These are callbacks that only repeat a status, and the
 * `twilio_data_received` that comes in addition to a status event.
 */
export const IS_SHOWN = `NOT (type = 'twilio_data_received' AND kind IN ('message_status', 'call_status'))
  AND NOT (type <> 'twilio_data_received' AND state = 'kept')`;

/** The query for the first event of each message and call, and for all events that belong to neither. */
const HEADS = `SELECT * FROM events AS event WHERE seq < ? AND ${IS_SHOWN}
  AND (sid IS NULL OR NOT EXISTS (SELECT 1 FROM events WHERE sid = event.sid AND seq < event.seq AND ${IS_SHOWN}))
  ORDER BY seq DESC LIMIT ?`;
const STEPS = `SELECT * FROM events WHERE sid = ? AND ${IS_SHOWN} ORDER BY seq LIMIT ${MOST_STEPS}`;

export const THREAD_QUERIES = { HEADS, STEPS } as const;

/**
 * Creates a function that reads the history with one entry for each message and call. Indexes keep it fast, however
 * long the history is.
 *
 * @param entryOfRow converts the row of one event
 */
export function createHistoryThreads(
  journal: JournalDatabase,
  clock: Pick<Clock, "now">,
  entryOfRow: (row: Record<string, unknown>) => HistoryEntry,
): (before: number | null, limit: number) => readonly HistoryThread[] {
  const heads = journal.prepare(HEADS);
  const steps = journal.prepare(STEPS);
  const sent = `SELECT received_at, command_seq, position FROM sends JOIN commands ON commands.seq = command_seq`;
  const sentBySid = journal.prepare(`${sent} WHERE sends.sid = ?`);
  const sentByRequest = journal.prepare(`${sent} WHERE request_id = ?`);
  const conversation = journal.prepare("SELECT key FROM conversations WHERE address = ?");
  const { entryOf } = createConversationEntries(journal, clock);

  /**
   * Finds the message or call that the first event is about. Returns null if its content has been removed, or if the
   * event is about none or about several.
   */
  function entryIn({ seq, at, kind, type, data }: HistoryEntry, sid: unknown): ConversationEntry | null {
    if (type === "twilio_data_received" && (kind === "message" || kind === "incoming_call"))
      return entryOf({ at, source: 0, ref: seq, position: 0 });
    const bySid = typeof sid === "string" ? sentBySid.all(sid) : [];
    const requestId = data["request_id"];
    const isRequest = type === "twilio_result" && typeof requestId === "string";
    const rows = bySid.length === 0 && isRequest ? sentByRequest.all(requestId) : bySid;
    const [row] = rows;
    return row === undefined || rows.length > 1 ? null : entryOf(keyOf(row));
  }

  return (before, limit) =>
    heads.all(before ?? Number.MAX_SAFE_INTEGER, limit).map((row) => {
      const head = entryOfRow(row);
      const sid = row["sid"];
      const entry = entryIn(head, sid);
      const key = entry === null ? undefined : conversation.get(personOf(entry.address))?.["key"];
      return {
        head,
        steps: typeof sid === "string" ? steps.all(sid).map(entryOfRow) : [head],
        entry,
        conversationKey: typeof key === "string" ? key : null,
      };
    });
}

function keyOf(row: Record<string, unknown>): EntryKey {
  return {
    at: Number(row["received_at"]),
    source: 1,
    ref: Number(row["command_seq"]),
    position: Number(row["position"]),
  };
}
