import type { AlarmTry } from "../../alarms/alarm-try.ts";
import type { AlarmChange, AlarmRecords, StoredAlarm, TryDelivery } from "../../alarms/changes/change.ts";
import type { AlarmJournal, AlarmSelector } from "../../alarms/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import { eventCodec } from "../inbound/event-codec.ts";
import type { EventLog } from "../inbound/event-log.ts";
import type { InsertCommand } from "../outbound/command-queue.ts";
import type { CommandRows } from "../outbound/command-rows.ts";
import { recipientResultCodec } from "../outbound/delivery-codecs.ts";
import { commandResultCodec } from "../outbound/result-codec.ts";
import type { LatestStatuses } from "../outbound/statuses.ts";
import { readableRows } from "../readable-rows.ts";
import { createAlarmRows } from "./alarm-rows.ts";
import { receivedText } from "./received-text.ts";

const DAY_MS = 86_400_000;

export interface AlarmJournalOptions {
  readonly journal: JournalDatabase;
  readonly commit: Commit;
  readonly log: Pick<EventLog, "append">;
  readonly commandRows: CommandRows;
  /** Stores a command (a call or text to send) with its deliveries, within a transaction of the caller. */
  readonly insertCommand: InsertCommand;
  readonly statuses: Pick<LatestStatuses, "of">;
  /** The most calls and texts of alarms in any 24 hours. */
  readonly triesPerDay: number;
  readonly now: () => number;
}

/**
 * Stores alarms, and their tries (calls, texts and pushes to people). Each promise resolves when its change is on the
 * disk.
 */
export function createAlarmJournal(options: AlarmJournalOptions): AlarmJournal {
  const { journal, commit, log, commandRows, statuses } = options;
  const rows = createAlarmRows(journal);
  const delivery = journal.prepare("SELECT sid, state, result FROM sends WHERE reference = ?");
  const countTries = journal.prepare(
    "SELECT count(*) AS n FROM alarm_tries WHERE counted_at > ? AND counted_at <= ?",
  );
  const calls = journal.prepare(
    `SELECT counted_at AS at FROM alarm_tries
     WHERE counted_at > ? AND counted_at <= ? AND is_call = 1 AND recipient = ?`,
  );
  const lastEvent = journal.prepare("SELECT max(seq) AS seq FROM events");
  const texts = journal.prepare(
    `SELECT seq, data FROM events WHERE seq > ? AND kind = 'message' AND type = 'twilio_data_received' ORDER BY seq`,
  );
  const overtake = journal.prepare(
    `UPDATE events SET late = 1 WHERE unproven = 0 AND state IN ('pending', 'firing')
     AND type = 'twilio_alarm' AND data ->> '$.id' = ? AND data ->> '$.state' IN ('started', 'calling', 'repeated')`,
  );
  const lastResult = journal.prepare(
    `SELECT result FROM sends WHERE kind = 'send_message' AND recipient = ? AND posted_at IS NOT NULL
     ORDER BY posted_at DESC LIMIT 1`,
  );
  const setFinished = journal.prepare("UPDATE commands SET finished_at = ?, result = ? WHERE request_id = ?");

  /**
   * Finds the earlier calls and texts that limit new ones. Leaves out calls and texts with a time in the future.
   * Otherwise, a clock that was wrong when they were stored could prevent new calls.
   */
  const records: AlarmRecords = {
    deliveryOf,
    remainingTries: () => {
      const now = options.now();
      return options.triesPerDay - Number(countTries.get(now - DAY_MS, now)?.["n"]);
    },
    callsTo: (number, since) => calls.all(since, options.now(), number).map(({ at }) => Number(at)),
  };

  function deliveryOf({ reference, sid, purpose }: AlarmTry): TryDelivery | null {
    if (purpose === "incoming") {
      const status = sid === null ? null : statuses.of(sid);
      return { sid, isDone: false, error: null, status };
    }
    const row = delivery.get(reference);
    if (row === undefined) return null;
    const known = typeof row["sid"] === "string" ? row["sid"] : null;
    const isDone = row["state"] === "done";
    const error = isDone ? (recipientResultCodec.decodeOrNull(row["result"])?.error ?? null) : null;
    return { sid: known, isDone, error, status: known === null ? null : statuses.of(known) };
  }

  function store(change: AlarmChange, before: readonly AlarmTry[], at: number): void {
    rows.save(change, before);
    for (const command of change.commands) options.insertCommand(command);
    for (const event of change.events) {
      // The alarm has ended. Automations must not act on its waiting events about starting and calling, so mark these
      // events as stale.
      if (isEnd(event.data["state"])) overtake.run(change.alarm.id);
      log.append(event, at);
    }
  }

  function select(selector: AlarmSelector): StoredAlarm[] {
    if ("id" in selector) return [rows.alarm(selector.id)].filter((found) => found !== null);
    const { name, isDrill } = selector;
    const found = name === undefined ? rows.open() : rows.openNamed(name);
    if (isDrill !== undefined) return found.filter(({ alarm }) => alarm.terms.test === isDrill);
    const alarms = found.filter(({ alarm }) => !alarm.terms.test);
    return alarms.length > 0 ? alarms : found;
  }

  return {
    change: (id, decide, at) =>
      commit(() => {
        const stored = rows.alarm(id);
        const change = stored === null ? null : decide(stored, records);
        if (stored !== null && change !== null) store(change, stored.tries, at);
        return change;
      }),
    request: (request, selector, decide) =>
      commit(() => {
        const known = commandRows.findExisting(request);
        if (known !== null) return known;
        const found = select(selector);
        const current = found.length === 1 ? (found[0] ?? null) : null;
        const earlier =
          "name" in selector && selector.name !== undefined
            ? rows.earlier(selector.name, selector.isDrill === true)
            : null;
        const last = Number(lastEvent.get()?.["seq"] ?? 0);
        const decision = decide({ current, matches: found.length, earlier, lastEvent: last }, records);
        const { requestId, receivedAt, origin, fingerprint } = request;
        const row = { requestId, receivedAt, origin, fingerprint, deadline: receivedAt };
        commandRows.insert({ ...row, command: "alarm", waitFor: "accepted" });
        const { change, response } = decision;
        if (change !== null) store(change, current?.tries ?? [], receivedAt);
        setFinished.run(receivedAt, commandResultCodec.encode(response), requestId);
        log.append({ type: "twilio_result", kind: null, data: response }, receivedAt);
        return { kind: "done", change, response };
      }),
    openAlarms: rows.open,
    unsettledAlarms: rows.unsettled,
    alarmProtocol: rows.alarm,
    recentAlarms: rows.recent,
    alarmOfTry: rows.ofTry,
    alarmsOfSid: rows.ofSid,
    hasOptedOut: (number) => String(lastResult.get(number)?.["result"]).includes('"21610"'),
    textsAfter: (seq) =>
      readableRows(texts.all(seq), (row) => receivedText(Number(row["seq"]), eventCodec.decode(row["data"]))),
  };
}

function isEnd(state: unknown): boolean {
  return state === "closed" || state === "unanswered" || state === "stopped" || state === "blocked";
}
