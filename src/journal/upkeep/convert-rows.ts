import * as z from "zod";

import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import { jsonCodec } from "../json-codec.ts";
import type { JsonCodec } from "../json-codec.ts";
import { recipientResultCodec, messageOrCallCodec } from "../outbound/delivery-codecs.ts";
import { commandResultCodec } from "../outbound/result-codec.ts";
import type { SettingsTable } from "../settings-table.ts";
import { runSteps } from "./run-steps.ts";
import type { RunStepsOptions } from "./run-steps.ts";

/** How many rows one step converts. A short step does not delay a webhook noticeably. */
const STEP = 100;

/**
 * For events and for commands: the number of the newest row that may still have the form of schema version 6. It is 0 if
 * there is no such row any more.
 */
const remaining = z.object({ events: z.number(), commands: z.number() });
const remainingCodec = jsonCodec<z.infer<typeof remaining>>("facts.rows_to_convert", remaining);

/** Creates a function that converts the JSON of one command and its deliveries. The caller has begun a transaction. */
export function createCommandConverter(journal: JournalDatabase): (seq: number) => void {
  const selectDeliveries = journal.prepare(
    "SELECT position, request, result FROM sends WHERE command_seq = ?",
  );
  const updateRequest = journal.prepare(
    "UPDATE sends SET request = ? WHERE command_seq = ? AND position = ?",
  );
  const updateResult = journal.prepare("UPDATE sends SET result = ? WHERE command_seq = ? AND position = ?");
  const selectCommand = journal.prepare("SELECT result FROM commands WHERE seq = ?");
  const updateCommand = journal.prepare("UPDATE commands SET result = ? WHERE seq = ?");

  return (seq) => {
    for (const row of selectDeliveries.all(seq)) {
      const position = Number(row["position"]);
      const request = converted(messageOrCallCodec, row["request"]);
      if (request !== null) updateRequest.run(request, seq, position);
      const result = converted(recipientResultCodec, row["result"]);
      if (result !== null) updateResult.run(result, seq, position);
    }
    const result = converted(commandResultCodec, selectCommand.get(seq)?.["result"]);
    if (result !== null) updateCommand.run(result, seq);
  };
}

/** Returns the converted JSON. Returns null if the stored JSON already has the form of this version. */
function converted<Value>(codec: JsonCodec<Value>, stored: unknown): string | null {
  if (typeof stored !== "string") return null;
  const json = codec.convert(stored);
  return json === stored ? null : json;
}

/**
 * Converts the rows of schema version 6, in small steps, the newest first. The setting `rows_to_convert` stores the
 * progress in the same transaction. Without this setting, the journal has nothing to convert.
 *
 * @returns a function that does one step, and resolves to whether more rows are left
 */
export function createConversionStep(
  journal: JournalDatabase,
  commit: Commit,
  settings: SettingsTable,
): () => Promise<boolean> {
  // The index contains only events that were refused or missed. SQLite uses the index only if the query repeats its
  // condition, so `isDelivered` repeats it.
  const delivered = "INDEXED BY events_told";
  const isDelivered = "(reason IS NOT NULL OR missed = 1) AND state = 'delivered'";
  const selectMissed = journal.prepare(
    `SELECT seq FROM events ${delivered} WHERE ${isDelivered} AND seq <= ? ORDER BY seq DESC LIMIT ${STEP}`,
  );
  const setMissed = journal.prepare(
    "UPDATE events SET missed = 1, reason = NULL WHERE seq = ? AND reason = 'missed'",
  );
  const selectCommands = journal.prepare(
    `SELECT seq FROM commands WHERE seq <= ? ORDER BY seq DESC LIMIT ${STEP}`,
  );
  const convertCommand = createCommandConverter(journal);

  /** Converts one step of rows. Returns the number of the highest row that is left; 0 if none is left. */
  function convertBelow(
    highest: number,
    select: typeof selectMissed,
    convert: (seq: number) => void,
  ): number {
    if (highest === 0) return 0;
    const seqs = select.all(highest).map(({ seq }) => Number(seq));
    for (const seq of seqs) convert(seq);
    return seqs.length < STEP ? 0 : (seqs.at(-1) ?? 1) - 1;
  }

  return async () => {
    if (settings.get("rows_to_convert") === null) return false;
    return await commit(() => {
      const before = remainingCodec.decodeOrNull(settings.get("rows_to_convert"));
      const after = {
        events: convertBelow(before?.events ?? 0, selectMissed, (seq) => void setMissed.run(seq)),
        commands: convertBelow(before?.commands ?? 0, selectCommands, convertCommand),
      };
      const isDone = after.events === 0 && after.commands === 0;
      if (isDone) settings.remove("rows_to_convert");
      else settings.set("rows_to_convert", remainingCodec.encode(after));
      return !isDone;
    });
  };
}

/** Converts the rows of an older journal in small steps, until no row is left or `signal` aborts. */
export function convertRows(options: RunStepsOptions, signal: AbortSignal): Promise<void> {
  return runSteps(
    options,
    "The app could not convert old rows of its database, and tries again in a minute",
    signal,
  );
}
