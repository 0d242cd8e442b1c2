import type { RecentRetries } from "../health/recent-retries.ts";
import type { RefusedWebhooks } from "../health/refused-requests.ts";
import { readCopyReport } from "../journal/backup/report.ts";
import { journalFiles } from "../journal/journal.ts";
import type { Journal } from "../journal/journal.ts";
import type { Options, Secrets } from "../options/options.ts";
import type { ActivityPorts, LostJournal, ShownOptions } from "../panel/activity/ports.ts";
import type { ExamplesPorts } from "../panel/examples/routes.tsx";

export interface PanelActivityDependencies {
  readonly options: Options;
  readonly secrets: Secrets;
  readonly journal: Pick<Journal, "activity" | "lostAt" | "loss">;
  readonly contacts: { readonly contactOf: (address: string) => string | null };
  readonly dataDir: string;
  readonly refused: () => RefusedWebhooks;
  readonly outbound: { readonly retries: RecentRetries["read"] };
  readonly nodeVersion?: string;
}

/** What the panel's pages of activity and examples are made of. */
export function createPanelActivity(parts: PanelActivityDependencies): ActivityPorts & ExamplesPorts {
  const { options, journal, contacts, dataDir } = parts;
  return {
    activity: {
      journal: journal.activity,
      contactOf: contacts.contactOf,
      limits: options.limits,
      refused: parts.refused,
      retries: parts.outbound.retries,
      lastCopy: () => readCopyReport(journalFiles(dataDir).copyReport),
      lost: lostJournal(journal),
      options: setOptions(options, parts.secrets),
      nodeVersion: parts.nodeVersion ?? null,
    },
    examples: {
      contacts: options.contacts.map(({ name }) => name),
      notifiers: options.notifiers.map(({ name, type }) => ({ name, type })),
    },
  };
}

function lostJournal({ lostAt, loss }: Pick<Journal, "lostAt" | "loss">): LostJournal | null {
  if (lostAt === null) return null;
  const atThisStart =
    loss === null ? null : { wasDamaged: loss.damagedFile !== null, copiedAt: loss.copiedAt };
  return { at: lostAt, atThisStart };
}

/** Named one by one, so that a new option is told only where somebody has found it harmless. */
function setOptions(options: Options, secrets: Secrets): ShownOptions {
  const { notifiers, incomingCalls, limits } = options;
  const ofType = (type: "sms" | "call"): number =>
    notifiers.filter((notifier) => notifier.type === type).length;
  return {
    auth_token_previous_set: secrets.authTokenPrevious !== null,
    api_key_set: options.apiKeySid !== null && secrets.apiKeySecret !== null,
    webhook_secret_set: secrets.webhookSecret !== null,
    public_url_set: options.publicUrl !== null,
    default_sender: options.defaultSender === null ? null : senderKind(options.defaultSender),
    notifiers_sms: ofType("sms"),
    notifiers_call: ofType("call"),
    notifiers_beside_core: notifiers.filter(({ besideCore }) => besideCore).length,
    contacts: options.contacts.length,
    incoming_calls_wait_seconds: incomingCalls.waitSeconds,
    incoming_calls_otherwise: incomingCalls.otherwise.kind,
    incoming_messages_strangers: options.reportStrangers ? "report" : "ignore",
    language: options.language,
    limits_messages_per_day: limits.messagesPerDay,
    limits_calls_per_day: limits.callsPerDay,
    install_scripts: options.installScripts,
    history_days: options.historyDays,
    log_level: options.logLevel,
    api_base_url_set: options.apiBaseUrl !== null,
    region: options.region,
    edge: options.edge,
  };
}

function senderKind(sender: string): string {
  if (/^whatsapp:/i.test(sender)) return "whatsapp";
  if (/^[a-z]+:/i.test(sender)) return "channel";
  if (/^MG[0-9a-f]{32}$/i.test(sender)) return "messaging_service";
  return /^\+?[\d\s().-]+$/.test(sender) ? "number" : "sender_id";
}
