/**
 * Version 8: messages are read from Twilio's list, too. Such an event is marked, so that its webhook can complete it. The
 * journal stores which numbers are polled, and the time from which their messages are read.
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
