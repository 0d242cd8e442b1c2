/**
 * What is needed to prove what happened: which SID a webhook is about, which reference, time and SID a send has, what
 * a command was answered, and requests heard before Home Assistant was running.
 */
export const PROOF_AND_HISTORY = `
  ALTER TABLE events ADD COLUMN sid TEXT;
  ALTER TABLE events ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE events ADD COLUMN unproven INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX events_unproven ON events (sid) WHERE unproven = 1;
  DROP INDEX events_waiting;
  DROP INDEX events_firing;
  CREATE INDEX events_open ON events (seq) WHERE unproven = 0 AND state IN ('pending', 'firing');

  ALTER TABLE commands ADD COLUMN fingerprint TEXT;
  ALTER TABLE commands ADD COLUMN result TEXT;

  ALTER TABLE sends ADD COLUMN kind TEXT;
  ALTER TABLE sends ADD COLUMN recipient TEXT;
  ALTER TABLE sends ADD COLUMN reference TEXT;
  ALTER TABLE sends ADD COLUMN counted_at INTEGER;
  ALTER TABLE sends ADD COLUMN posted_at INTEGER;
  ALTER TABLE sends ADD COLUMN sid TEXT;
  UPDATE sends SET
    kind = (SELECT command FROM commands WHERE seq = command_seq),
    counted_at = (SELECT received_at FROM commands WHERE seq = command_seq),
    posted_at = CASE state WHEN 'posting' THEN (SELECT received_at FROM commands WHERE seq = command_seq) END,
    recipient = json_extract(request, '$.to'),
    sid = json_extract(result, '$.sid')
  WHERE request IS NOT NULL;
  CREATE UNIQUE INDEX sends_by_reference ON sends (reference) WHERE reference IS NOT NULL;
  CREATE INDEX sends_by_sid ON sends (sid) WHERE sid IS NOT NULL;
  CREATE INDEX sends_counted ON sends (kind, counted_at) WHERE counted_at IS NOT NULL;
  CREATE INDEX sends_by_recipient ON sends (kind, recipient, posted_at) WHERE posted_at IS NOT NULL;

  CREATE TABLE heard_requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    data TEXT NOT NULL,
    heard_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE heard_numbers (
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (kind, address)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE proven_sids (
    sid TEXT PRIMARY KEY,
    created_at INTEGER
  ) STRICT, WITHOUT ROWID;
`;
