/** Times are milliseconds since 1970. Webhook keys stand apart from events because they outlive them. */
export const FIRST_TABLES = `
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    kind TEXT,
    data TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'firing', 'delivered', 'refused', 'kept')),
    unsure INTEGER NOT NULL DEFAULT 0,
    reason TEXT
  ) STRICT;
  CREATE INDEX events_waiting ON events (seq) WHERE state = 'pending';
  CREATE INDEX events_firing ON events (seq) WHERE state = 'firing';

  CREATE TABLE webhook_keys (
    key TEXT PRIMARY KEY,
    first_seen INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE commands (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL UNIQUE,
    command TEXT NOT NULL,
    origin TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    deadline INTEGER NOT NULL,
    finished_at INTEGER
  ) STRICT;
  CREATE INDEX commands_open ON commands (seq) WHERE finished_at IS NULL;

  CREATE TABLE sends (
    command_seq INTEGER NOT NULL REFERENCES commands (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    request TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'posting', 'done')),
    result TEXT,
    PRIMARY KEY (command_seq, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
