import type { ConversationEntry } from "./conversation.ts";
import type { HistoryEntry, OpenCommand } from "./history.ts";

/** A message or call with all of its events, or one event that belongs to neither. */
export interface HistoryThread {
  /** The first event. */
  readonly head: HistoryEntry;
  /** All events, oldest first. */
  readonly steps: readonly HistoryEntry[];
  /** The message or call; null if there is none, or if its content has been removed. */
  readonly entry: ConversationEntry | null;
  /** Identifies the conversation in the URLs of pages; null if there is none. */
  readonly conversationKey: string | null;
}

/** Figures about the journal. */
export interface JournalFigures {
  readonly schemaVersion: number;
  readonly sqliteVersion: string;
  /** The size of the file, without its write-ahead log. */
  readonly bytes: number;
  /** The numbers of the oldest and the newest event; null if there are none. */
  readonly firstEvent: number | null;
  readonly lastEvent: number | null;
}

/**
 * Reads the history, for the panel. Each answer takes the time of one page, however long the history is. Times are
 * milliseconds since 1970. The journal implements it.
 */
export interface ActivityJournal {
  /** The entries, newest first; only those older than number `before` if it is given. */
  history(before: number | null, limit: number): readonly HistoryEntry[];
  /** The messages and calls by their first event, newest first; only those that began before number `before`. */
  threads(before: number | null, limit: number): readonly HistoryThread[];
  /** One entry by its number; null if it has been removed. */
  entry(seq: number): HistoryEntry | null;
  /** The events that Home Assistant refused, or that were fired as `twilio_data_missed`, newest first. */
  refusedOrMissed(state: "refused" | "missed", limit: number): readonly HistoryEntry[];
  /** Events that wait for Home Assistant, oldest first. */
  waitingEvents(limit: number): readonly HistoryEntry[];
  /** Commands that have no result yet, oldest first. */
  openCommands(limit: number): readonly OpenCommand[];
  /** How many messages and calls count towards the daily limits in the 24 hours before `at`. */
  usedLimits(at: number): { readonly messages: number; readonly calls: number };
  figures(): JournalFigures;
}

/** Counts events and commands that are not finished. */
export interface WaitingCounts {
  /** `events`: those that Home Assistant has not confirmed yet. `commands`: those that have no result yet. */
  waiting(): { readonly events: number; readonly commands: number };
}
