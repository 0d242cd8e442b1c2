import { join } from "node:path";

import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import type { JournalLoss } from "../health/notification.ts";
import { createAlarmJournal } from "./alarms/alarm-journal.ts";
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
import { createCommandInsert, createCommandQueue } from "./outbound/command-queue.ts";
import { createCommandProgress, createCommandRows } from "./outbound/command-rows.ts";
import { createDeliveryEvidence } from "./outbound/delivery-evidence.ts";
import { createPendingRequests } from "./outbound/pending-requests.ts";
import { createLatestStatuses } from "./outbound/statuses.ts";
import { createNoteCount } from "./relay/note-count.ts";
import { createSettingsTable, type SettingsTable } from "./settings-table.ts";
import { createConversionStep } from "./upkeep/convert-rows.ts";
import { createConversationEdits } from "./upkeep/edit-conversations.ts";
import { createConversationIndexStep } from "./upkeep/index-conversations.ts";
import { createPruneStep } from "./upkeep/prune.ts";
import { createActivity, createWaitingCounts } from "./views/activity.ts";
import { createConversations } from "./views/conversations.ts";

export type Journal = ReturnType<typeof openJournal>;

/** A value that the app writes to test whether the disk has space. If 64 kB fit, several webhooks fit. */
const LARGE = "x".repeat(64 * 1024);

export interface OpenJournalOptions {
  /** The most recipients of messages and of calls in any 24 hours, from the options. */
  readonly limits: {
    readonly messagesPerDay: number;
    readonly callsPerDay: number;
    /** The most calls and texts of alarms in any 24 hours. Without this number, alarms have no limit. */
    readonly alarmTriesPerDay?: number;
  };
  readonly clock: Clock;
  readonly chance: Chance;
  /**
   * Identifies the present boot of the machine, so that the app notices a reboot at its start. Null if the system does
   * not tell.
   */
  readonly bootId: string | null;
  /** Whether an earlier start of the app used the data folder. A missing journal then counts as lost. */
  readonly isExpected: boolean;
  /**
   * Whether this is the first start in this data folder; false if not given. If true, the app asks Twilio for the age
   * of messages and calls, because an attacker may send the webhooks of an earlier installation again.
   */
  readonly isFirstStart?: boolean;
  readonly trust: JournalTrust;
  /** The file with the copy of the journal from a backup; null for none. */
  readonly copy: string | null;
}

/**
 * Opens the journal: the SQLite database with everything that the app has acknowledged. A damaged or missing journal is
 * restored from the copy of a backup, or created empty.
 *
 * @param file path of the database, or `:memory:`
 * @throws {JournalTooNewError} if a later version of the app wrote the journal
 * @throws SQLite's or the system's error if the disk is full, read-only or failing
 */
export function openJournal(file: string, options: OpenJournalOptions) {
  const trusts: readonly JournalTrust[] = ["trusted", "suspect", "condemned"];
  for (const trust of trusts.slice(trusts.indexOf(options.trust))) {
    try {
      return openWith(openOrRestoreDatabase(file, options.clock, options.copy, trust), options);
    } catch (error) {
      // A query met damage that the check had not found. The next round of this loop checks all pages. If they were
      // already checked, it replaces the journal.
      if (!isDamageError(error) || trust === "condemned") throw error;
    }
  }
  throw new Error("The journal could be neither opened nor replaced.");
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
  // Stores that this is the first start before it stores the talk key, because that key marks a used journal. After a
  // crash between the two writes, the next start counts as the first one again.
  if (options.isFirstStart === true && isNew(settings)) settings.set("first_start", String(now));
  const talkKey = loadTalkKey(settings, now, chance);
  const loss = lossOf(opened, options.isExpected);
  if (loss !== null) settings.set("lost_at", String(now));
  const lost = settings.get("lost_at");
  const lostAt = lost === null ? null : Number(lost);
  const beginning = beginningOf(lostAt, settings);
  const sidAges = beginning === null ? null : watchDatabase(createSidAges(database, commit, beginning));
  // The journal needs no age checks any more, so events that waited for one can be fired.
  if (beginning === null) database.exec("UPDATE events SET unproven = 0 WHERE unproven = 1");
  const statuses = watchDatabase(createLatestStatuses(database, commit));
  const eventLog = createEventLog(database, groupCommit, statuses, sidAges);
  if (bootId !== null && settings.get("boot_id") !== bootId) {
    // After a reboot of the machine, no caller is still waiting. The times of the events cannot show this, because the
    // clock may have been wrong.
    eventLog.markCallsStale();
    settings.set("boot_id", bootId);
  }
  const rows = createCommandRows(database, {
    send_message: limits.messagesPerDay,
    make_call: limits.callsPerDay,
  });
  const insertCommand = createCommandInsert(database, rows);
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
    /** Returns the stored state of polling (reading messages from Twilio's list) for one account. */
    pollingOf: (accountSid: string) => watchDatabase(createPollingJournal(database, commit, accountSid)),
    sidAges,
    commands: watchDatabase(createCommandQueue(database, commit, eventLog, rows, insertCommand)),
    alarms: watchDatabase(
      createAlarmJournal({
        journal: database,
        commit,
        log: eventLog,
        commandRows: rows,
        insertCommand,
        statuses,
        triesPerDay: limits.alarmTriesPerDay ?? Number.MAX_SAFE_INTEGER,
        now: () => clock.now(),
      }),
    ),
    callSteps: watchDatabase(createCallSteps(database, commit, rows)),
    callWebhooks: watchDatabase(createCallWebhookLog(database, commit)),
    talkKey,
    relayNotes: createNoteCount(settings, groupCommit.commitSoon),
    statuses,
    deliveryEvidence: watchDatabase(createDeliveryEvidence(database, commit, statuses)),
    pendingRequests: watchDatabase(createPendingRequests(database, commit)),
    ...watchDatabase(createWaitingCounts(database)),
    ...watchDatabase(createCommandProgress(database)),
    activity: watchDatabase(createActivity(database, clock)),
    conversations: watchDatabase(createConversations(database, clock)),
    conversationEdits: watchDatabase(createConversationEdits(database, commit, clock)),
    lastAddresses: watchDatabase(createLastAddresses(database)),
    prune: createPruneStep(database, commit),
    indexConversations: createConversationIndexStep(database, commit, settings),
    convertRows: createConversionStep(database, commit, settings),
    /** When an earlier journal was lost, in milliseconds since 1970; null if none was lost. */
    lostAt,
    /** How the journal was lost before this start of the app; null if it was not lost. */
    loss,
    /** Resolves when a query finds that the journal is damaged. */
    damaged: whenDamaged,
    /**
     * Whether the journal can store webhooks at present. If a transaction has failed since the last successful test,
     * writes a test value to find out.
     */
    async canKeep(): Promise<boolean> {
      if (!groupCommit.hasFailed()) return true;
      // Callers at the same time share one test write.
      probe ??= canWrite().finally(() => (probe = null));
      return await probe;
    },
    [Symbol.dispose]: () => database.close(),
  };
}

/** Whether the app has never received webhooks with this journal. */
function isNew(settings: SettingsTable): boolean {
  return (["talk_key", "webhook_id", "last_heard"] as const).every((name) => settings.get(name) === null);
}

/**
 * Returns the time before which webhooks may be unknown to the journal, for the age checks. Null if the journal knows
 * all earlier webhooks, so that the app need not ask Twilio for ages.
 */
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

/**
 * Lists the journal's files in the app's data folder. `backup_exclude` in config.yaml contains the names of those that
 * a backup leaves out.
 */
export function journalFiles(dataDir: string) {
  return {
    journal: join(dataDir, "journal.db"),
    lock: join(dataDir, "journal.lock"),
    /**
     * An empty file that is created with the journal and is part of a backup. If this file exists without a journal,
     * the journal was lost.
     */
    used: join(dataDir, "journal.used"),
    /**
     * The backup's copy of the journal. It has another name than the journal, because Supervisor leaves files with the
     * journal's name out of the backup, in every folder.
     */
    copy: join(dataDir, "backup", "journal-copy.db"),
    copyReport: join(dataDir, "backup", "report.json"),
  } as const;
}
