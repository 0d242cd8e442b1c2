import type { Clock } from "../../domain/clock.ts";
import type { ConversationEdits, Deletion } from "../../domain/events/conversation-journal.ts";
import { personOf } from "../../domain/events/conversation.ts";
import type { EntryKey } from "../../domain/events/conversation.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import { createContentRemover } from "./remove-content.ts";

/** How many entries one transaction changes. A short transaction does not delay a webhook noticeably. */
const STEP = 100;

type Row = Readonly<Record<string, unknown>>;

/** Marks conversations as read, and deletes entries and conversations at the user's request. */
export function createConversationEdits(
  journal: JournalDatabase,
  commit: Commit,
  clock: Pick<Clock, "nextTurn">,
): ConversationEdits {
  const idOf = journal.prepare("SELECT id FROM conversations WHERE address = ?");
  const setRead = journal.prepare(
    `UPDATE conversation_entries SET unread = 0 WHERE (conversation, at, source, ref, position) IN (
       SELECT conversation, at, source, ref, position FROM conversation_entries INDEXED BY entries_unread
       WHERE unread = 1 AND conversation = ? LIMIT ${STEP})`,
  );
  // Reads the oldest entries first. Deleting them does not change the conversation's time, which is that of its last
  // entry.
  const next = journal.prepare(
    `SELECT * FROM conversation_entries WHERE conversation = ? AND (at, source, ref, position) > (?, ?, ?, ?)
     ORDER BY at, source, ref, position LIMIT ${STEP}`,
  );
  const present = journal.prepare(
    "SELECT 1 FROM conversation_entries WHERE conversation = ? AND at = ? AND source = ? AND ref = ? AND position = ?",
  );
  const eventAddress = journal.prepare("SELECT data ->> '$.From' AS address FROM events WHERE seq = ?");
  const deliveryAddress = journal.prepare(
    `SELECT coalesce(request ->> '$.content.instructions.connect', recipient) AS address FROM sends
     WHERE command_seq = ? AND position = ?`,
  );
  const remove = createContentRemover(journal);

  /** Lets the process answer webhooks between two transactions. */
  const yieldTurn = (): Promise<void> => new Promise((resolve) => clock.nextTurn(resolve));

  function conversationOf(address: unknown): number | null {
    const id = idOf.get(personOf(typeof address === "string" ? address : ""))?.["id"];
    return typeof id === "number" ? id : null;
  }

  /**
   * Whether the entry that the user has chosen on a page still exists with the same time. If a new journal has replaced
   * the old one since, another entry may have the same number.
   */
  function exists({ at, source, ref, position }: EntryKey): boolean {
    const row = source === 0 ? eventAddress.get(ref) : deliveryAddress.get(ref, position);
    return (
      row !== undefined &&
      present.get(conversationOf(row["address"]), at, source, ref, position) !== undefined
    );
  }

  function deleteRow(row: Row): Deletion {
    return remove(row["source"] === 1 ? 1 : 0, Number(row["ref"]), Number(row["position"]));
  }

  return {
    async markRead(address) {
      const id = conversationOf(address);
      let count = 0;
      for (let isDone = id === null; !isDone;) {
        const changes = await commit(() => Number(setRead.run(id).changes));
        count += changes;
        isDone = changes < STEP;
        if (!isDone) await yieldTurn();
      }
      return count;
    },
    deleteEntry: (key) => commit(() => (exists(key) ? remove(key.source, key.ref, key.position) : "gone")),
    async deleteConversation(address) {
      const id = conversationOf(address);
      let after: readonly number[] = [-1, 0, 0, 0];
      const count = { deleted: 0, waiting: 0, gone: 0 };
      if (id === null) return count;
      for (;;) {
        const rows = next.all(id, ...after);
        for (const deletion of await commit(() => rows.map(deleteRow))) count[deletion] += 1;
        const last = rows.at(-1);
        if (last === undefined || rows.length < STEP) return count;
        after = [last["at"], last["source"], last["ref"], last["position"]].map(Number);
        await yieldTurn();
      }
    },
  };
}
