import type { Journal } from "./open-database.ts";

export interface WaitingCounts {
  /** Events that Home Assistant has not confirmed yet, and commands that have no result yet. */
  waiting(): { readonly events: number; readonly commands: number };
}

/** Each count is answered by an index that holds little else, so that a long history does not slow it down. */
export const COUNT_WAITING = `SELECT
  (SELECT count(*) FROM events WHERE unproven = 0 AND state IN ('pending', 'firing')) +
  (SELECT count(*) FROM events WHERE unproven = 1 AND state IN ('pending', 'firing')) AS events,
  (SELECT count(*) FROM commands WHERE finished_at IS NULL) AS commands`;

/** Counts what has not got through yet. */
export function createWaitingCounts(journal: Journal): WaitingCounts {
  const counts = journal.prepare(COUNT_WAITING);
  return {
    waiting() {
      const row = counts.get();
      return { events: Number(row?.["events"]), commands: Number(row?.["commands"]) };
    },
  };
}
