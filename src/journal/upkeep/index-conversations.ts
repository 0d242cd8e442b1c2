import * as z from "zod";

import { conversationOf, OR_LATER_TIME, personOf } from "../conversation-schema.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import { jsonCodec } from "../json-codec.ts";
import { HAS_CONTENT } from "../outbound/delivery-codecs.ts";
import type { SettingsTable } from "../settings-table.ts";
import { runSteps } from "./run-steps.ts";
import type { RunStepsOptions } from "./run-steps.ts";

/** How many rows one step (a small part of the work) indexes. A short step does not delay a webhook noticeably. */
const STEP = 200;

/** The numbers of the highest rows that are not indexed yet; 0 if all rows are indexed. */
const remaining = z.object({ events: z.number(), commands: z.number() });
type Remaining = Readonly<z.infer<typeof remaining>>;
const remainingCodec = jsonCodec<Remaining>("facts.conversations_to_fill", remaining);

const SENDER = "(events.data ->> '$.From')";
const IS_TALK = "kind IN ('message', 'incoming_call') AND type = 'twilio_data_received'";

/** The INSERT statements of the journal's triggers, for a range of rows. Entries that exist already do not change. */
const INSERTS: Readonly<Record<keyof Remaining, readonly string[]>> = {
  events: [
    `INSERT INTO conversations (address, last_at)
       SELECT ${personOf(SENDER)} AS person, max(received_at) FROM events
       WHERE seq BETWEEN ? AND ? AND ${IS_TALK} GROUP BY person ${OR_LATER_TIME}`,
    `INSERT OR IGNORE INTO conversation_entries (conversation, at, source, ref, position)
       SELECT ${conversationOf(SENDER)}, received_at, 0, seq, 0 FROM events
       WHERE seq BETWEEN ? AND ? AND ${IS_TALK}`,
  ],
  commands: [
    `INSERT INTO conversations (address, last_at)
       SELECT ${personOf("recipient")} AS person, max(received_at) FROM commands JOIN sends ON command_seq = seq
       WHERE seq BETWEEN ? AND ? AND ${HAS_CONTENT} GROUP BY person ${OR_LATER_TIME}`,
    `INSERT OR IGNORE INTO conversation_entries (conversation, at, source, ref, position)
       SELECT ${conversationOf("recipient")}, received_at, 1, seq, position
       FROM commands JOIN sends ON command_seq = seq WHERE seq BETWEEN ? AND ? AND ${HAS_CONTENT}`,
  ],
};

/**
 * Adds the rows of an older journal to the index of conversations, in small steps, the newest first. The setting
 * `conversations_to_fill` stores the progress in the same transaction. Without this setting, the index is complete.
 * Only the former migrations to schema version 6 created the setting. So only a journal from that time can have it.
 *
 * @returns a function that does one step, and resolves to whether more rows are left
 */
export function createConversationIndexStep(
  journal: JournalDatabase,
  commit: Commit,
  settings: SettingsTable,
): () => Promise<boolean> {
  const index = { events: createIndexer("events"), commands: createIndexer("commands") };

  function createIndexer(table: keyof Remaining) {
    // Counts all rows, not only messages and calls, so that all steps take about the same time.
    const lowest = journal.prepare(
      `SELECT min(seq) AS seq FROM (SELECT seq FROM ${table} WHERE seq <= ? ORDER BY seq DESC LIMIT ${STEP})`,
    );
    const inserts = INSERTS[table].map((query) => journal.prepare(query));
    return (highest: number): number => {
      const from = highest === 0 ? null : lowest.get(highest)?.["seq"];
      if (typeof from !== "number") return 0;
      for (const insert of inserts) insert.run(from, highest);
      return from - 1;
    };
  }

  return async () => {
    if (settings.get("conversations_to_fill") === null) return false;
    return await commit(() => {
      const before = remainingCodec.decodeOrNull(settings.get("conversations_to_fill"));
      const after = {
        events: index.events(before?.events ?? 0),
        commands: index.commands(before?.commands ?? 0),
      };
      const isDone = after.events === 0 && after.commands === 0;
      if (isDone) settings.remove("conversations_to_fill");
      else settings.set("conversations_to_fill", remainingCodec.encode(after));
      return !isDone;
    });
  };
}

/** Indexes the conversations of an older journal in small steps, until no row is left or `signal` aborts. */
export function indexConversations(options: RunStepsOptions, signal: AbortSignal): Promise<void> {
  return runSteps(
    options,
    "The app could not index earlier conversations, and tries again in a minute",
    signal,
  );
}
