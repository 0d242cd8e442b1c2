import type { AlarmTry } from "../../alarms/alarm-try.ts";
import { hasEnded } from "../../alarms/alarm.ts";
import type { Alarm } from "../../alarms/alarm.ts";
import type { StoredAlarm } from "../../alarms/changes/change.ts";
import { endMessages } from "../../alarms/engine/end-messages.ts";
import { foldName } from "../../contacts/contact.ts";
import { setUnread } from "../conversation-schema.ts";
import type { JournalDatabase } from "../database/open.ts";
import { readableRows } from "../readable-rows.ts";
import { alarmCodec, alarmTryCodec } from "./alarm-codecs.ts";

/**
 * Reads and writes the rows of alarms and of their tries (calls, texts and pushes to people). The caller begins the
 * transaction.
 */
export function createAlarmRows(journal: JournalDatabase) {
  const select = journal.prepare("SELECT data FROM alarms WHERE id = ?");
  const selectTries = journal.prepare("SELECT data FROM alarm_tries WHERE alarm_id = ? ORDER BY number");
  const selectOpen = journal.prepare(
    "SELECT data FROM alarms WHERE is_settled = 0 AND has_ended = 0 ORDER BY started_at, id",
  );
  const selectOpenNamed = journal.prepare(
    "SELECT data FROM alarms WHERE name_key = ? AND is_settled = 0 AND has_ended = 0 ORDER BY started_at, id",
  );
  const selectUnsettled = journal.prepare(
    "SELECT id FROM alarms WHERE is_settled = 0 ORDER BY started_at, id",
  );
  const selectRecent = journal.prepare("SELECT data FROM alarms ORDER BY started_at DESC, id LIMIT ?");
  const selectEarlier = journal.prepare(
    `SELECT data FROM alarms WHERE name_key = ? AND has_ended = 1 AND data ->> '$.terms.test' = ?
     ORDER BY started_at DESC, id LIMIT 1`,
  );
  const selectByReference = journal.prepare("SELECT alarm_id, number FROM alarm_tries WHERE reference = ?");
  const selectBySid = journal.prepare(
    `SELECT alarm_id FROM alarm_tries WHERE sid = ?
     UNION SELECT alarm_id FROM alarm_tries WHERE reference IN (SELECT reference FROM sends WHERE sid = ?)`,
  );
  const put = journal.prepare(
    `INSERT INTO alarms (id, name_key, has_ended, is_settled, started_at, data) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET has_ended = excluded.has_ended, is_settled = excluded.is_settled,
       started_at = excluded.started_at, data = excluded.data`,
  );
  const putTry = journal.prepare(
    `INSERT INTO alarm_tries (alarm_id, number, reference, sid, recipient, is_call, counted_at, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (alarm_id, number) DO UPDATE SET sid = excluded.sid, is_call = excluded.is_call,
       counted_at = excluded.counted_at, data = excluded.data`,
  );

  const setRead = journal.prepare(setUnread(0, "?"));

  function read(row: Readonly<Record<string, unknown>>): StoredAlarm {
    const alarm = alarmCodec.decode(row["data"]);
    return { alarm, tries: selectTries.all(alarm.id).map(({ data }) => alarmTryCodec.decode(data)) };
  }

  return {
    alarm(id: string): StoredAlarm | null {
      const row = select.get(id);
      return row === undefined ? null : read(row);
    },
    open: (): StoredAlarm[] => readableRows(selectOpen.all(), read),
    /** The open alarms with this name, as `foldName` compares names. */
    openNamed: (name: string): StoredAlarm[] => readableRows(selectOpenNamed.all(foldName(name)), read),
    unsettled: (): string[] => selectUnsettled.all().map(({ id }) => String(id)),
    recent: (limit: number): StoredAlarm[] => readableRows(selectRecent.all(limit), read),
    earlier(name: string, isDrill: boolean): StoredAlarm | null {
      const row = selectEarlier.get(foldName(name), isDrill ? 1 : 0);
      return row === undefined ? null : read(row);
    },
    ofTry(reference: string): { readonly id: string; readonly number: number } | null {
      const row = selectByReference.get(reference);
      return row === undefined ? null : { id: String(row["alarm_id"]), number: Number(row["number"]) };
    },
    ofSid: (sid: string): string[] => selectBySid.all(sid, sid).map((row) => String(row["alarm_id"])),
    /** Writes the row of an alarm, and the rows of those tries that differ from `before`. */
    save({ alarm, tries }: StoredAlarm, before: readonly AlarmTry[]): void {
      const ended = hasEnded(alarm);
      const isSettled =
        ended && tries.every(({ outcome }) => outcome !== null) && endMessages(alarm, tries).length === 0;
      put.run(
        alarm.id,
        foldName(alarm.name),
        ended ? 1 : 0,
        isSettled ? 1 : 0,
        alarm.startedAt,
        alarmCodec.encode(alarm),
      );
      tries.forEach((made, index) => {
        if (made !== before[index]) saveTry(alarm, made);
        // The alarm has answered an incoming call, so the call does not count as missed.
        if (made.purpose === "incoming" && before[index] === undefined) setRead.run(made.sid);
      });
    },
  };

  function saveTry(alarm: Alarm, made: AlarmTry): void {
    const { number, reference, sid, channel, purpose, outcome, at } = made;
    const person = alarm.people.find(({ position }) => position === made.person);
    const isOurs = channel !== "push" && purpose !== "incoming";
    // A call or text that Twilio refused, or that the app did not send, does not count in the limits. It cost nothing,
    // and nobody's phone rang.
    const isRefused =
      outcome === "not_asked" || ((outcome === "failed" || outcome === "canceled") && sid === null);
    const isMade = isOurs && outcome !== "held_back" && !isRefused;
    putTry.run(
      alarm.id,
      number,
      reference,
      sid,
      channel === "push" ? null : (person?.number ?? null),
      channel === "call" && isMade && outcome !== "failed" ? 1 : 0,
      isMade ? at : null,
      alarmTryCodec.encode(made),
    );
  }
}

export type AlarmRows = ReturnType<typeof createAlarmRows>;
