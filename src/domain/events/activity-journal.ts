import type { ConversationEntry } from "./conversation.ts";
import type { HistoryEntry, OpenCommand } from "./history.ts";

/** A message or call together with its events (such as statuses), or one event that belongs to neither. */
export interface HistoryThread {
  /** The oldest event of the message or call. */
  readonly head: HistoryEntry;
  /** The first events of the message or call, oldest first. The history leaves out repeated events. */
  readonly steps: readonly HistoryEntry[];
  /** The message or call. Null if the event belongs to none or to several, or if the content has been removed. */
  readonly entry: ConversationEntry | null;
  /** Identifies the conversation in URLs of the panel. Null if the event belongs to no conversation. */
  readonly conversationKey: string | null;
}

/** Versions and sizes of the journal (the app's database), for the panel's diagnostics. */
export interface JournalFigures {
  readonly schemaVersion: number;
  readonly sqliteVersion: string;
  /** The size of the database file in bytes, without SQLite's write-ahead log. */
  readonly bytes: number;
  /**
   * The number of the oldest stored event, and `lastEvent` the number of the newest. Both are null if no event is
   * stored.
   */
  readonly firstEvent: number | null;
  readonly lastEvent: number | null;
}

/**
 * Reads the history of events for the panel; the journal implements it. Each call reads at most one page, so its
 * duration does not grow with the history. All times are milliseconds since 1970.
 */
export interface ActivityJournal {
  /** Lists at most `limit` events, newest first. If `before` is given, lists only events with a lower number. */
  history(before: number | null, limit: number): readonly HistoryEntry[];
  /**
   * Lists messages and calls, sorted by their first event, newest first. If `before` is given, lists only those whose
   * first event has a lower number.
   */
  threads(before: number | null, limit: number): readonly HistoryThread[];
  /** Finds one event by its number; null if the event has been removed. */
  entry(seq: number): HistoryEntry | null;
  /**
   * Lists events in one state, newest first. `refused`: Home Assistant refused the event. `missed`: the app fired it as
   * `twilio_data_missed`.
   */
  refusedOrMissed(state: "refused" | "missed", limit: number): readonly HistoryEntry[];
  /** Lists events that the app has not fired in Home Assistant yet, oldest first. */
  waitingEvents(limit: number): readonly HistoryEntry[];
  /** Lists commands (accepted requests of automations) that have no result yet, oldest first. */
  openCommands(limit: number): readonly OpenCommand[];
  /** Counts the messages and calls of the 24 hours before `at`. The options limit both numbers. */
  usedLimits(at: number): { readonly messages: number; readonly calls: number };
  figures(): JournalFigures;
}

export interface WaitingCounts {
  /**
   * Counts unfinished work: `events` that Home Assistant has not confirmed, and `commands` (requests of automations)
   * without a result.
   */
  waiting(): { readonly events: number; readonly commands: number };
}
