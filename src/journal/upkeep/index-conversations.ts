import * as z from "zod";

import { conversationOf, OR_LATER_TIME, personOf } from "../conversation-schema.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import { jsonCodec } from "../json-codec.ts";
import { HAS_CONTENT } from "../outbound/delivery-codecs.ts";
import type { SettingsTable } from "../settings-table.ts";
import { runSteps } from "./run-steps.ts";
import type { RunStepsOptions } from "./run-steps.ts";

/** Rows at a time: one step must not keep a webhook waiting. */
const STEP = 200;

/** The highest rows that are still to be filled in; 0 where none is. */
const left = z.object({ events: z.number(), commands: z.number() });
type Left = Readonly<z.infer<typeof left>>;
const leftCodec = jsonCodec<Left>("facts.conversations_to_fill", left);

const SENDER = "(events.data ->> '$.From')";
const IS_TALK = "kind IN ('message', 'incoming_call') AND type = 'twilio_data_received'";

/** Write what the journal's triggers write, for a range of rows; entries that exist stay as they are. */
const INSERTS: Readonly<Record<keyof Left, readonly string[]>> = {
  events: [
    `INSERT INTO conversations (address, last_at)
       SELECT ${personOf(SENDER)} AS person, max(received_at) FROM events
       WHERE seq BETWEEN ? AND ? AND ${IS_TALK} GROUP BY person ${OR_LATER_TIME}`,
    `INSERT OR IGNORE INTO conversation_entries
       SELECT ${conversationOf(SENDER)}, received_at, 0, seq, 0 FROM events
       WHERE seq BETWEEN ? AND ? AND ${IS_TALK}`,
  ],
  commands: [
    `INSERT INTO conversations (address, last_at)
       SELECT ${personOf("recipient")} AS person, max(received_at) FROM commands JOIN sends ON command_seq = seq
       WHERE seq BETWEEN ? AND ? AND ${HAS_CONTENT} GROUP BY person ${OR_LATER_TIME}`,
    `INSERT OR IGNORE INTO conversation_entries
       SELECT ${conversationOf("recipient")}, received_at, 1, seq, position
       FROM commands JOIN sends ON command_seq = seq WHERE seq BETWEEN ? AND ? AND ${HAS_CONTENT}`,
  ],
};

/**
 * Goes on filling in the conversations of a journal that is older than they are, the newest first, a step at a time.
 * The setting `conversations_to_fill` says how far it got, and is kept with each step; a journal without it is complete.
 * A step resolves to whether there is more.
 */
export function createConversationIndexStep(
  journal: JournalDatabase,
  commit: Commit,
  settings: SettingsTable,
): () => Promise<boolean> {
  const fillers = { events: createFiller("events"), commands: createFiller("commands") };

  function createFiller(table: keyof Left) {
    // Over all rows, not only those that belong here, so that each step takes the time of a step.
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
      const before = leftCodec.decodeOrNull(settings.get("conversations_to_fill"));
      const after = {
        events: fillers.events(before?.events ?? 0),
        commands: fillers.commands(before?.commands ?? 0),
      };
      const isDone = after.events === 0 && after.commands === 0;
      if (isDone) settings.remove("conversations_to_fill");
      else settings.set("conversations_to_fill", leftCodec.encode(after));
      return !isDone;
    });
  };
}

/** Fills in the conversations of an earlier version's journal, in small steps, until it is done or `signal` aborts. */
export function indexConversations(options: RunStepsOptions, signal: AbortSignal): Promise<void> {
  return runSteps(options, "Earlier conversations could not be filled in", signal);
}
