import type { ActivityJournal } from "../../domain/events/activity-journal.ts";
import type { LostJournal } from "../../health/lost-journal.ts";
import type { CopyReport } from "../../health/notification.ts";
import type { Retries } from "../../health/recent-retries.ts";
import type { RefusedWebhooks } from "../../health/refused-webhooks.ts";
import type { ShownOptions } from "../../health/shown-options.ts";
import type { PollingState } from "../../inbound/polling/poll-messages.ts";

/** The data and actions that the page Activity uses. */
export interface ActivityPorts {
  readonly activity: {
    readonly journal: ActivityJournal;
    /** Finds the contact's name for a number or channel address; null if no contact has it. */
    readonly contactOf: (address: string) => string | null;
    readonly limits: { readonly messagesPerDay: number; readonly callsPerDay: number };
    readonly refused: () => RefusedWebhooks;
    /** Returns the state of polling (reading messages from Twilio's list); null if the app does not poll. */
    readonly polling: () => PollingState | null;
    /** Returns the messages and calls that the app has retried or looked up since its start. */
    readonly retries: () => Retries;
    /** Returns the report about the last copy of the journal for a backup; null if no copy has been made. */
    readonly lastCopy: () => CopyReport | null;
    readonly lost: LostJournal | null;
    readonly options: ShownOptions;
    /** The version of Node, such as `24.21.0`; null if unknown. */
    readonly nodeVersion: string | null;
  };
}
