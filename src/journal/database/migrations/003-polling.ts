/**
 * The SQL of schema version 8, which lets the app read messages from Twilio's list. An event from the list is marked,
 * so that a later webhook can add its fields. New tables store which numbers are polled, and from which time on.
 */
export const POLLING = `
  ALTER TABLE events ADD COLUMN fetched INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX events_fetched ON events (sid) WHERE fetched = 1;

  CREATE TABLE polled_accounts (
    account_sid TEXT PRIMARY KEY,
    poll_from INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    lost_at INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE polled_numbers (
    account_sid TEXT NOT NULL,
    address TEXT NOT NULL,
    choice TEXT CHECK (choice IN ('on', 'off')),
    poll_from INTEGER,
    webhooks_arrive INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account_sid, address)
  ) STRICT, WITHOUT ROWID;
`;
