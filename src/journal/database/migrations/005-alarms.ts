/**
 * The SQL of schema version 10, which stores alarms, and their tries (calls, texts and pushes to people). A command (an
 * accepted request) can now belong to an alarm.
 */
export const ALARMS = `
  ALTER TABLE commands ADD COLUMN priority TEXT;

  CREATE TABLE alarms (
    id TEXT PRIMARY KEY,
    name_key TEXT NOT NULL,
    has_ended INTEGER NOT NULL,
    is_settled INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    data TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alarms_unsettled ON alarms (started_at) WHERE is_settled = 0;
  CREATE INDEX alarms_by_name ON alarms (name_key, started_at);
  CREATE INDEX alarms_by_age ON alarms (started_at);

  CREATE TABLE alarm_tries (
    alarm_id TEXT NOT NULL REFERENCES alarms (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    reference TEXT NOT NULL,
    sid TEXT,
    recipient TEXT,
    is_call INTEGER NOT NULL,
    counted_at INTEGER,
    data TEXT NOT NULL,
    PRIMARY KEY (alarm_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX alarm_tries_by_reference ON alarm_tries (reference);
  CREATE INDEX alarm_tries_by_sid ON alarm_tries (sid) WHERE sid IS NOT NULL;
  CREATE INDEX alarm_tries_counted ON alarm_tries (counted_at) WHERE counted_at IS NOT NULL;
`;
