import { join } from "node:path";

import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import type { JournalLoss } from "../health/notification.ts";
import { createCallSteps } from "./calls/call-steps.ts";
import { createCallWebhookLog } from "./calls/call-webhook-log.ts";
import { loadTalkKey } from "./calls/talk-key.ts";
import { createDamageWatch, isDamageError } from "./database/errors.ts";
import { createGroupCommit } from "./database/group-commit.ts";
import { openOrRestoreDatabase, type JournalTrust, type OpenedDatabase } from "./database/recover.ts";
import { createEventLog } from "./inbound/event-log.ts";
import { createLastAddresses } from "./inbound/last-addresses.ts";
import { createOurNumbers } from "./inbound/our-numbers.ts";
import { createPollingJournal } from "./inbound/polling.ts";
import { createSidAges, type JournalStart } from "./inbound/sid-ages.ts";
import { createCommandQueue } from "./outbound/command-queue.ts";
import { createCommandProgress, createCommandRows } from "./outbound/command-rows.ts";
import { createDeliveryEvidence } from "./outbound/delivery-evidence.ts";
import { createPendingRequests } from "./outbound/pending-requests.ts";
import { createLatestStatuses } from "./outbound/statuses.ts";
import { createSettingsTable, type SettingsTable } from "./settings-table.ts";
import { createConversionStep } from "./upkeep/convert-rows.ts";
import { createConversationIndexStep } from "./upkeep/index-conversations.ts";
import { createPruneStep } from "./upkeep/prune.ts";
import { createActivity, createWaitingCounts } from "./views/activity.ts";
import { createConversations } from "./views/conversations.ts";

export type Journal = ReturnType<typeof openJournal>;

/** Where this fits, some webhooks do. */
const LARGE = "x".repeat(64 * 1024);

export interface OpenJournalOptions {
  /** Recipients in 24 hours. */
  readonly limits: { readonly messagesPerDay: number; readonly callsPerDay: number };
  readonly clock: Clock;
  readonly chance: Chance;
  /** This run of the machine; null where it is not known. */
  readonly bootId: string | null;
  /** Whether an earlier process must have left a journal: one that is missing has been lost. */
  readonly isExpected: boolean;
  /** Whether none has, so that captured webhooks of an earlier installation are not known; false if not given. */
  readonly isFirstStart?: boolean;
  readonly trust: JournalTrust;
  /** Where a backup's copy of the journal lies; null for none. */
  readonly copy: string | null;
}

/**
 * Opens the journal and all that is kept in it.
 *
 * @throws {JournalTooNewError} where a later version of the app wrote it
 */
export function openJournal(file: string, options: OpenJournalOptions) {
  const trusts: readonly JournalTrust[] = ["trusted", "suspect", "condemned"];
  for (const trust of trusts.slice(trusts.indexOf(options.trust))) {
    try {
      return openWith(openOrRestoreDatabase(file, options.clock, options.copy, trust), options);
    } catch (error) {
      // In a page that no check has read: the next one reads them all.
      if (!isDamageError(error) || trust === "condemned") throw error;
    }
  }
  throw new Error("there is no journal to be had");
}

function openWith(opened: OpenedDatabase, options: OpenJournalOptions) {
  try {
    return createStore(opened, options);
  } catch (error) {
    opened.database.close();
    throw error;
  }
}

function createStore(opened: OpenedDatabase, options: OpenJournalOptions) {
  const { database } = opened;
  const { limits, clock, chance, bootId } = options;
  const now = clock.now();
  const { whenDamaged, checkError, watchDatabase } = createDamageWatch();
  const groupCommit = createGroupCommit(database, clock, checkError);
  const { commit } = groupCommit;
  const settings = watchDatabase(createSettingsTable(database));
  // Before the key: a start that is killed in between is a first start again.
  if (options.isFirstStart === true && isNew(settings)) settings.set("first_start", String(now));
  const talkKey = loadTalkKey(settings, now, chance);
  const loss = lossOf(opened, options.isExpected);
  if (loss !== null) settings.set("lost_at", String(now));
  const lost = settings.get("lost_at");
  const lostAt = lost === null ? null : Number(lost);
  const beginning = beginningOf(lostAt, settings);
  const sidAges = beginning === null ? null : watchDatabase(createSidAges(database, commit, beginning));
  // What came while the last doubt ended.
  if (beginning === null) database.exec("UPDATE events SET unproven = 0 WHERE unproven = 1");
  const statuses = watchDatabase(createLatestStatuses(database, commit));
  const eventLog = createEventLog(database, groupCommit, statuses, sidAges);
  if (bootId !== null && settings.get("boot_id") !== bootId) {
    // However short the clock says it was: whoever called then hung up long ago.
    eventLog.markCallsStale();
    settings.set("boot_id", bootId);
  }
  const rows = createCommandRows(database, {
    send_message: limits.messagesPerDay,
    make_call: limits.callsPerDay,
  });
  const ourNumbers = watchDatabase(createOurNumbers(database, commit));

  let probe: Promise<boolean> | null = null;

  async function canWrite(): Promise<boolean> {
    try {
      await commit(() => settings.set("probe", LARGE));
      await commit(() => settings.remove("probe"));
    } catch {
      return false;
    }
    groupCommit.lastCommitSucceeded();
    return true;
  }

  return {
    database,
    settings,
    eventLog,
    ourNumbers,
    /** Of polling one account. */
    pollingOf: (accountSid: string) => watchDatabase(createPollingJournal(database, commit, accountSid)),
    sidAges,
    commands: watchDatabase(createCommandQueue(database, commit, eventLog, rows)),
    callSteps: watchDatabase(createCallSteps(database, commit, rows)),
    callWebhooks: watchDatabase(createCallWebhookLog(database, commit)),
    talkKey,
    statuses,
    deliveryEvidence: watchDatabase(createDeliveryEvidence(database, commit, statuses)),
    pendingRequests: watchDatabase(createPendingRequests(database, commit)),
    ...watchDatabase(createWaitingCounts(database)),
    ...watchDatabase(createCommandProgress(database)),
    activity: watchDatabase(createActivity(database)),
    conversations: watchDatabase(createConversations(database, clock)),
    lastAddresses: watchDatabase(createLastAddresses(database)),
    prune: createPruneStep(database, commit),
    indexConversations: createConversationIndexStep(database, commit, settings),
    convertRows: createConversionStep(database, commit, settings),
    /** When an earlier journal was lost, in milliseconds since 1970; null if none was. */
    lostAt,
    /** How an earlier journal is gone since this start; null where none is. */
    loss,
    /** Resolves when the journal is found damaged while it is used. */
    damaged: whenDamaged,
    /** Whether webhooks can be kept at present. */
    async canKeep(): Promise<boolean> {
      if (!groupCommit.hasFailed()) return true;
      // However many ask, from wherever: a disk in trouble is tried once at a time.
      probe ??= canWrite().finally(() => (probe = null));
      return await probe;
    },
    [Symbol.dispose]: () => database.close(),
  };
}

/** Whether no start has got so far that the app listened. */
function isNew(settings: SettingsTable): boolean {
  return (["talk_key", "webhook_id", "last_heard"] as const).every((name) => settings.get(name) === null);
}

/** Null where the journal knows all that ever came. */
function beginningOf(lostAt: number | null, settings: SettingsTable): JournalStart | null {
  const firstStart = settings.get("first_start");
  if (lostAt === null && firstStart === null) return null;
  return {
    at: lostAt ?? Number(firstStart),
    isFirstStart: lostAt === null,
    endAgeChecks: () => settings.remove("first_start"),
  };
}

function lossOf({ existed, damagedFile, copiedAt }: OpenedDatabase, isExpected: boolean): JournalLoss | null {
  const isGone = damagedFile !== null || copiedAt !== null || (isExpected && !existed);
  return isGone ? { damagedFile, copiedAt } : null;
}

/** Where things lie in the app's data folder; config.yaml's `backup_exclude` names the same. */
export function journalFiles(dataDir: string) {
  return {
    journal: join(dataDir, "journal.db"),
    lock: join(dataDir, "journal.lock"),
    /** Made once a journal was opened here: then one that is missing has been lost. A backup holds it. */
    used: join(dataDir, "journal.used"),
    /** Named unlike the journal: Supervisor leaves files of that name out of a backup in whichever folder they are. */
    copy: join(dataDir, "backup", "journal-copy.db"),
    copyReport: join(dataDir, "backup", "report.json"),
  } as const;
}
