import type { Deletion } from "../../domain/events/conversation-journal.ts";
import type { JournalDatabase } from "../database/open.ts";
import { createCommandConverter } from "./convert-rows.ts";

const IS_CLOSED = "state NOT IN ('pending', 'firing')";

/**
 * Creates a function that removes the content of one message or call, and its entry in the conversation. The function
 * keeps content that Home Assistant or Twilio has not received yet. The caller has begun a transaction.
 */
export function createContentRemover(
  journal: JournalDatabase,
): (source: 0 | 1, ref: number, position: number) => Deletion {
  const event = journal.prepare(`SELECT sid, ${IS_CLOSED} AS isClosed FROM events WHERE seq = ?`);
  const removeEvent = journal.prepare("DELETE FROM events WHERE seq = ?");
  // Removes the statuses, inputs and recordings of the same message or call. Their dedupe keys are in another table and
  // stay.
  const removeEvents = journal.prepare(`DELETE FROM events WHERE sid = ? AND ${IS_CLOSED}`);
  const delivery = journal.prepare(
    `SELECT sends.sid, sends.state = 'done' AND finished_at IS NOT NULL AS isClosed
     FROM sends JOIN commands ON commands.seq = command_seq WHERE command_seq = ? AND position = ?`,
  );
  const removeRequest = journal.prepare(
    `UPDATE sends SET request = json_remove(request, '$.content'), result = json_remove(result, '$.content'),
       entry = NULL WHERE command_seq = ? AND position = ?`,
  );
  const removeResult = journal.prepare(
    "UPDATE commands SET result = json_remove(result, '$.content') WHERE seq = ? AND result IS NOT NULL",
  );
  const steps = journal.prepare(
    `SELECT step_id, command_seq FROM talk_steps JOIN commands ON seq = command_seq
     WHERE call_sid = ? AND finished_at IS NOT NULL`,
  );
  const removeStep = journal.prepare("DELETE FROM talk_steps WHERE step_id = ?");
  const convertCommand = createCommandConverter(journal);

  function removeAllOf(sid: unknown): void {
    if (typeof sid !== "string") return;
    removeEvents.run(sid);
    for (const { step_id: step, command_seq: seq } of steps.all(sid)) {
      convertCommand(Number(seq));
      removeResult.run(seq ?? null);
      removeStep.run(step ?? null);
    }
  }

  return (source, ref, position) => {
    const row = source === 0 ? event.get(ref) : delivery.get(ref, position);
    if (row === undefined) return "gone";
    if (row["isClosed"] !== 1) return "waiting";
    if (source === 0) removeEvent.run(ref);
    else {
      // The row may still have the form of schema version 6, so convert it first.
      convertCommand(ref);
      removeRequest.run(ref, position);
      removeResult.run(ref);
    }
    removeAllOf(row["sid"]);
    return "deleted";
  };
}
