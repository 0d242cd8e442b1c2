import type { HistoryEntry, OpenCommand } from "./history.ts";

/** What the journal says of itself. */
export interface JournalFigures {
  readonly schemaVersion: number;
  readonly sqliteVersion: string;
  /** Of the file, without its write-ahead log. */
  readonly bytes: number;
  /** Numbers of the oldest and the newest event; null where there are none. */
  readonly firstEvent: number | null;
  readonly lastEvent: number | null;
}

/**
 * What people ask about the past. Reads only, and each answer takes the time of one page, however long the history is.
 * Times are milliseconds since 1970. The panel shows it and the journal implements it.
 */
export interface ActivityJournal {
  /** What happened, newest first; only entries older than number `before` where that is given. */
  history(before: number | null, limit: number): readonly HistoryEntry[];
  /** One entry by its number; null where it has been removed. */
  entry(seq: number): HistoryEntry | null;
  /** What Home Assistant refused, or took too late to act on, newest first. */
  refusedOrMissed(state: "refused" | "missed", limit: number): readonly HistoryEntry[];
  /** Events that wait for Home Assistant, oldest first. */
  waitingEvents(limit: number): readonly HistoryEntry[];
  /** Commands that have no result yet, oldest first. */
  openCommands(limit: number): readonly OpenCommand[];
  /** What counts against the limits of the 24 hours before `at`. */
  usedLimits(at: number): { readonly messages: number; readonly calls: number };
  figures(): JournalFigures;
}

/** Counts what has not got through yet. */
export interface WaitingCounts {
  /** Events that Home Assistant has not confirmed yet, and commands that have no result yet. */
  waiting(): { readonly events: number; readonly commands: number };
}
