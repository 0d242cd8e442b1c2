import type { HistoryEntry, OpenCommand } from "../../domain/events/history.ts";
import type { RetryEvent } from "../../domain/events/retry-event.ts";
import type { CopyReport } from "../../health/notification.ts";
import type { RefusedWebhooks } from "../../health/refused-requests.ts";

/** That an earlier journal was lost. */
export interface LostJournal {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Found at this start: whether it was damaged, and when the copy in its place was made. Null for an earlier start. */
  readonly atThisStart: { readonly wasDamaged: boolean; readonly copiedAt: Date | null } | null;
}

/** The journal, as the panel asks it. Times are milliseconds since 1970. */
export interface ActivityJournal {
  readonly history: (before: number | null, limit: number) => readonly HistoryEntry[];
  readonly entry: (seq: number) => HistoryEntry | null;
  readonly refusedOrMissed: (state: "refused" | "missed", limit: number) => readonly HistoryEntry[];
  readonly waitingEvents: (limit: number) => readonly HistoryEntry[];
  readonly openCommands: (limit: number) => readonly OpenCommand[];
  readonly usedLimits: (at: number) => { readonly messages: number; readonly calls: number };
  readonly figures: () => {
    readonly schemaVersion: number;
    readonly sqliteVersion: string;
    readonly bytes: number;
    readonly firstEvent: number | null;
    readonly lastEvent: number | null;
  };
}

/** What is told of the options: which are set, and only harmless values. */
export type ShownOptions = Readonly<Record<string, string | number | boolean | null>>;

export interface ActivityPorts {
  readonly activity: {
    readonly journal: ActivityJournal;
    /** The contact's name for an address, or null. */
    readonly contactOf: (address: string) => string | null;
    readonly limits: { readonly messagesPerDay: number; readonly callsPerDay: number };
    readonly refused: () => RefusedWebhooks;
    /** What was tried again or looked up since the app's start, the newest first. */
    readonly retries: () => readonly RetryEvent[];
    /** Of the newest backup; null where there was none yet. */
    readonly lastCopy: () => CopyReport | null;
    readonly lost: LostJournal | null;
    readonly options: ShownOptions;
    /** Of Node, such as `24.21.0`; null where it is not known. */
    readonly nodeVersion: string | null;
  };
}
