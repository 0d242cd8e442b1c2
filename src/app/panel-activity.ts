import { lostJournalOf } from "../health/lost-journal.ts";
import type { RecentRetries } from "../health/recent-retries.ts";
import type { RefusedWebhooks } from "../health/refused-webhooks.ts";
import type { MessagePolling } from "../inbound/polling/poll-messages.ts";
import { readCopyReport } from "../journal/backup/report.ts";
import { journalFiles } from "../journal/journal.ts";
import type { Journal } from "../journal/journal.ts";
import type { Options, Secrets } from "../options/options.ts";
import { showOptions } from "../options/show-options.ts";
import type { ActivityPorts } from "../panel/activity/ports.ts";

export interface PanelActivityDependencies {
  readonly options: Options;
  readonly secrets: Secrets;
  readonly journal: Pick<Journal, "activity" | "lostAt" | "loss">;
  readonly contacts: { readonly contactOf: (address: string) => string | null };
  readonly dataDir: string;
  readonly refused: () => RefusedWebhooks;
  /** The polling of messages; null if the app does not poll. */
  readonly polling: () => Pick<MessagePolling, "state"> | null;
  readonly retries: RecentRetries["read"];
  readonly nodeVersion: string | undefined;
}

/** Connects the panel's page Activity with the journal and the app's state. */
export function createPanelActivity(parts: PanelActivityDependencies): ActivityPorts["activity"] {
  const { options, secrets, journal, contacts, dataDir, refused, retries, nodeVersion } = parts;
  return {
    journal: journal.activity,
    contactOf: contacts.contactOf,
    limits: options.limits,
    refused,
    polling: () => parts.polling()?.state() ?? null,
    retries,
    lastCopy: () => readCopyReport(journalFiles(dataDir).copyReport),
    lost: lostJournalOf(journal.lostAt, journal.loss),
    options: showOptions(options, secrets),
    nodeVersion: nodeVersion ?? null,
  };
}
