/** How far what was sent has got, and what is waited for. Statuses stand apart: they also come of what others sent. */
export const DELIVERY = `
  ALTER TABLE commands ADD COLUMN wait_for TEXT NOT NULL DEFAULT 'accepted';
  ALTER TABLE sends ADD COLUMN accepted TEXT;

  CREATE TABLE latest_statuses (
    sid TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    heard_step INTEGER NOT NULL,
    told_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX latest_statuses_by_age ON latest_statuses (told_at);
`;
