/** Steps on calls that automations hold, what calls of ours began with, and who ended which call. */
export const TALK = `
  CREATE TABLE talk_steps (
    step_id TEXT PRIMARY KEY,
    command_seq INTEGER NOT NULL REFERENCES commands (seq) ON DELETE CASCADE,
    call_sid TEXT NOT NULL,
    step TEXT NOT NULL,
    terms TEXT NOT NULL,
    given INTEGER NOT NULL DEFAULT 0,
    from_address TEXT,
    to_address TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX talk_steps_by_command ON talk_steps (command_seq);

  ALTER TABLE sends ADD COLUMN opened INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sends ADD COLUMN entry TEXT;

  CREATE TABLE ended_calls (
    call_sid TEXT PRIMARY KEY,
    ended_by TEXT NOT NULL,
    ended_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ended_calls_by_age ON ended_calls (ended_at);
`;
