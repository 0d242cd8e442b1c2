import type { ActivityJournal } from "../../domain/events/activity-journal.ts";
import type { RetryEvent } from "../../domain/events/retry-event.ts";
import type { LostJournal } from "../../health/lost-journal.ts";
import type { CopyReport } from "../../health/notification.ts";
import type { RefusedWebhooks } from "../../health/refused-webhooks.ts";
import type { ShownOptions } from "../../health/shown-options.ts";
import type { PollingState } from "../../inbound/polling/poll-messages.ts";

/** What the page Activity needs. */
export interface ActivityPorts {
  readonly activity: {
    readonly journal: ActivityJournal;
    /** The contact's name for a number or channel address, or null. */
    readonly contactOf: (address: string) => string | null;
    readonly limits: { readonly messagesPerDay: number; readonly callsPerDay: number };
    readonly refused: () => RefusedWebhooks;
    /** Null if the app does not poll. */
    readonly polling: () => PollingState | null;
    /** Messages and calls that were retried or looked up at Twilio since the app started, newest first. */
    readonly retries: () => readonly RetryEvent[];
    /** The last copy of the journal for a backup; null if there was none yet. */
    readonly lastCopy: () => CopyReport | null;
    readonly lost: LostJournal | null;
    readonly options: ShownOptions;
    /** Node's version, such as `24.21.0`; null if not known. */
    readonly nodeVersion: string | null;
  };
}
