import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

import { messageParameters } from "../test/twilio-simulator/webhooks/webhook-parameters.ts";
import { ACCOUNT_SID, MY_NUMBER, TWILIO_NUMBER } from "./bench-account.ts";

/** The age of the oldest row. The app keeps its history for longer, so it deletes no row. */
const HISTORY_MS = 25 * 24 * 3_600_000;

/** Adds a number of delivered messages and their keys to a journal with the app's tables. */
export function fillJournal(file: string, rows: number): void {
  using journal = new DatabaseSync(file);
  // Durability does not matter here. The app later opens the file in its own mode.
  journal.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;");
  journal.exec("PRAGMA cache_size = -400000; BEGIN");
  journal.exec(`CREATE TEMP TABLE history AS
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    SELECT i, 'SM' || lower(hex(randomblob(16))) AS sid, ${Date.now() - HISTORY_MS} + i * ${HISTORY_MS / rows} AS at FROM n`);
  const { sid, data } = template();
  const hasSid = journal
    .prepare("PRAGMA table_info(events)")
    .all()
    .some(({ name }) => name === "sid");
  journal
    .prepare(
      `INSERT INTO events (type, kind, data, received_at, state${hasSid ? ", sid" : ""})
      SELECT 'twilio_data_received', 'message', replace(?, ?, sid), CAST(at AS INTEGER), 'delivered'${hasSid ? ", sid" : ""}
      FROM history ORDER BY i`,
    )
    .run(data, sid);
  journal.exec(`INSERT INTO webhook_keys (key, first_seen)
    SELECT sid || ':received', CAST(at AS INTEGER) FROM history ORDER BY sid`);
  journal.exec("COMMIT; DROP TABLE temp.history; PRAGMA journal_mode = WAL;");
}

/** The data of an event as the app stores it, and the SID to replace in it. */
function template(): { sid: string; data: string } {
  const parameters = messageParameters({
    accountSid: ACCOUNT_SID,
    from: MY_NUMBER,
    to: TWILIO_NUMBER,
    body: "Is the gate closed?",
  });
  const ours = {
    webhook_id: "a".repeat(64),
    event_id: randomUUID(),
    received_at: new Date().toISOString(),
    contact: null,
  };
  return { sid: parameters["MessageSid"] ?? "", data: JSON.stringify({ ...parameters, ...ours }) };
}
