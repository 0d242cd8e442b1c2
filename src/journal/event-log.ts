import type { WebhookKind } from "../domain/classify-webhook.ts";
import type { EventData, OutgoingEvent } from "../domain/inbound-event.ts";
import type { LoggedEvent } from "../domain/logged-event.ts";
import { inTransaction } from "./in-transaction.ts";
import type { Journal } from "./open-journal.ts";

export interface EventLog {
  /** Keeps a webhook's events unless `key` was seen before. False for a repeated webhook: it changed nothing. */
  keepWebhook(
    key: string,
    events: readonly OutgoingEvent[],
    receivedAt: number,
    fate?: "pending" | "kept",
  ): boolean;
  append(event: OutgoingEvent, at: number): void;
  /** The oldest that wait, in order, marked as being fired before this returns. */
  takeNext(limit: number): LoggedEvent[];
  markDelivered(seqs: readonly number[]): void;
  /** Back to waiting; `unsure` where it may have arrived all the same. */
  putBack(seq: number, unsure: boolean): void;
  /** Home Assistant will never take it: it no longer blocks the others. */
  setAside(seq: number, reason: string): void;
}

/** The durable log of all that Home Assistant must hear. What was being fired when the app died is unsure now. */
export function createEventLog(journal: Journal): EventLog {
  const insertKey = journal.prepare("INSERT OR IGNORE INTO webhook_keys (key, first_seen) VALUES (?, ?)");
  const insert = journal.prepare(
    "INSERT INTO events (type, kind, data, received_at, state) VALUES (?, ?, ?, ?, ?)",
  );
  const next = journal.prepare("SELECT * FROM events WHERE state = 'pending' ORDER BY seq LIMIT ?");
  const setState = journal.prepare("UPDATE events SET state = ?, reason = ? WHERE seq = ?");
  const back = journal.prepare("UPDATE events SET state = 'pending', unsure = max(unsure, ?) WHERE seq = ?");
  journal.exec("UPDATE events SET state = 'pending', unsure = 1 WHERE state = 'firing'");

  function append(event: OutgoingEvent, at: number, fate: "pending" | "kept" = "pending"): void {
    insert.run(event.type, event.kind, JSON.stringify(event.data), at, fate);
  }

  return {
    keepWebhook: (key, events, receivedAt, fate = "pending") =>
      inTransaction(journal, () => {
        if (insertKey.run(key, receivedAt).changes === 0) return false;
        for (const event of events) append(event, receivedAt, fate);
        return true;
      }),
    append,
    takeNext(limit) {
      const rows = next.all(limit);
      if (rows.length === 0) return [];
      return inTransaction(journal, () =>
        rows.map((row) => {
          const event = loggedEvent(row);
          setState.run("firing", null, event.seq);
          return event;
        }),
      );
    },
    markDelivered: (seqs) =>
      inTransaction(journal, () => {
        for (const seq of seqs) setState.run("delivered", null, seq);
      }),
    putBack: (seq, unsure) => void back.run(unsure ? 1 : 0, seq),
    setAside: (seq, reason) => void setState.run("refused", reason, seq),
  };
}

function loggedEvent(row: Record<string, unknown>): LoggedEvent {
  return {
    seq: Number(row["seq"]),
    type: String(row["type"]),
    kind: row["kind"] as WebhookKind | null,
    data: JSON.parse(String(row["data"])) as EventData,
    receivedAt: Number(row["received_at"]),
    unsure: row["unsure"] === 1,
  };
}
