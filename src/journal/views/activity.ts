import * as z from "zod";

import type { Clock } from "../../domain/clock.ts";
import type { ActivityJournal, WaitingCounts } from "../../domain/events/activity-journal.ts";
import type { HistoryEntry, OpenRecipient } from "../../domain/events/history.ts";
import type { JournalDatabase } from "../database/open.ts";
import { eventCodec, eventKind, isMissed } from "../inbound/event-codec.ts";
import { deliveryCommand, deliveryState } from "../outbound/delivery-codecs.ts";
import { readableOr, readableRows } from "../readable-rows.ts";
import { createHistoryThreads, IS_SHOWN } from "./history-threads.ts";

const DAY_MS = 86_400_000;

const eventState = z.enum(["pending", "firing", "delivered", "refused", "kept"]);
const anyCommand = z.enum([...deliveryCommand.options, "talk"]);

/**
 * Writes the query for waiting events. SQLite uses the indexes `events_open` and `events_unproven` only if a query
 * repeats their conditions.
 */
const waitingWhere = (
  index: string,
  ageUnverified: 0 | 1,
): string => `SELECT * FROM (SELECT * FROM events INDEXED BY ${index}
  WHERE unproven = ${ageUnverified} AND state IN ('pending', 'firing') AND ${IS_SHOWN} ORDER BY seq LIMIT ?1)`;
const WAITING = `${waitingWhere("events_open", 0)} UNION ALL ${waitingWhere("events_unproven", 1)} ORDER BY seq LIMIT ?1`;
const REFUSED_OR_MISSED = `SELECT * FROM events INDEXED BY events_told 
  WHERE (reason IS NOT NULL OR missed = 1) AND state = ? AND ${IS_SHOWN}
  ORDER BY seq DESC LIMIT ?`;

export const ACTIVITY_QUERIES = { WAITING, REFUSED_OR_MISSED } as const;

/**
 * Reads the history and the unfinished work for the panel. Indexes keep the queries fast, however long the history is.
 */
export function createActivity(journal: JournalDatabase, clock: Pick<Clock, "now">): ActivityJournal {
  const newest = journal.prepare(
    `SELECT * FROM events WHERE seq < ? AND ${IS_SHOWN} ORDER BY seq DESC LIMIT ?`,
  );
  const bySeq = journal.prepare("SELECT * FROM events WHERE seq = ?");
  const refusedOrMissed = journal.prepare(REFUSED_OR_MISSED);
  const waiting = journal.prepare(WAITING);
  const commands = journal.prepare("SELECT * FROM commands WHERE finished_at IS NULL ORDER BY seq LIMIT ?");
  const deliveries = journal.prepare(
    // If the app refused a recipient, the delivery has no recipient, so the query takes it from the result.
    `SELECT coalesce(recipient, result ->> '$.to', '') AS recipient, state, accepted IS NOT NULL AS isAccepted
     FROM sends WHERE command_seq = ? ORDER BY position LIMIT 20`,
  );
  const counted = journal.prepare("SELECT count(*) AS n FROM sends WHERE kind = ? AND counted_at > ?");
  const figures = journal.prepare(
    `SELECT (SELECT user_version FROM pragma_user_version) AS version, sqlite_version() AS sqlite,
       (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size) AS bytes,
       (SELECT min(seq) FROM events) AS first, (SELECT max(seq) FROM events) AS last`,
  );

  return {
    history: (before, limit) => newest.all(before ?? Number.MAX_SAFE_INTEGER, limit).map(historyEntryOf),
    threads: createHistoryThreads(journal, clock, historyEntryOf),
    entry(seq) {
      const row = bySeq.get(seq);
      return row === undefined ? null : historyEntryOf(row);
    },
    refusedOrMissed: (state, limit) =>
      refusedOrMissed.all(state === "missed" ? "delivered" : "refused", limit).map(historyEntryOf),
    waitingEvents: (limit) => waiting.all(limit).map(historyEntryOf),
    openCommands: (limit) =>
      readableRows(commands.all(limit), (row) => ({
        command: anyCommand.parse(row["command"]),
        origin: String(row["origin"]),
        since: Number(row["received_at"]),
        deadline: Number(row["deadline"]),
        recipients: row["command"] === "talk" ? [] : deliveries.all(row["seq"] ?? null).map(asRecipient),
      })),
    usedLimits(at) {
      const count = (kind: string): number => Number(counted.get(kind, at - DAY_MS)?.["n"]);
      return { messages: count("send_message"), calls: count("make_call") };
    },
    figures() {
      const row = figures.get() ?? {};
      return {
        schemaVersion: Number(row["version"]),
        sqliteVersion: String(row["sqlite"]),
        bytes: Number(row["bytes"]),
        firstEvent: numberOrNull(row["first"]),
        lastEvent: numberOrNull(row["last"]),
      };
    },
  };
}

/**
 * Converts the row of an event. An event with unreadable data is shown without its data, so that the page still shows
 * it and all others.
 */
function historyEntryOf(row: Record<string, unknown>): HistoryEntry {
  const state = eventState.parse(row["state"]);
  return {
    seq: Number(row["seq"]),
    at: Number(row["received_at"]),
    type: String(row["type"]),
    kind: readableOr(() => eventKind.parse(row["kind"]), null),
    data: readableOr(() => eventCodec.decode(row["data"]), {}),
    state: isMissed(row) ? "missed" : state === "firing" ? "pending" : state,
    reason: state === "refused" && typeof row["reason"] === "string" ? row["reason"] : null,
    maybeDelivered: row["unsure"] === 1,
    ageUnverified: row["unproven"] === 1,
  };
}

function asRecipient(row: Record<string, unknown>): OpenRecipient {
  const state = deliveryState.parse(row["state"]);
  const isSent = row["isAccepted"] === 1;
  const step = state === "done" ? "done" : isSent ? "sent" : state === "posting" ? "asking" : "waiting";
  return { to: String(row["recipient"]), state: step };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/**
 * The query that counts unfinished work. Each count uses a small index, so that a long history does not slow it down.
 */
export const COUNT_WAITING = `SELECT
  (SELECT count(*) FROM events WHERE unproven = 0 AND state IN ('pending', 'firing')) +
  (SELECT count(*) FROM events WHERE unproven = 1 AND state IN ('pending', 'firing')) AS events,
  (SELECT count(*) FROM commands WHERE finished_at IS NULL) AS commands`;

/** Counts the events that wait for Home Assistant, and the commands (accepted requests) that have no result yet. */
export function createWaitingCounts(journal: JournalDatabase): WaitingCounts {
  const counts = journal.prepare(COUNT_WAITING);
  return {
    waiting() {
      const row = counts.get();
      return { events: Number(row?.["events"]), commands: Number(row?.["commands"]) };
    },
  };
}
