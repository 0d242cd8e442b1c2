import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const HOUR_MS = 3_600_000;

function change(directory: string, ...statements: string[]): Promise<void> {
  using journal = new DatabaseSync(join(directory, "journal.db"));
  for (const statement of statements) journal.exec(statement);
  return Promise.resolve();
}

/** Makes all requests of Twilio's that came to an app that is down an hour older. */
export function ageRequests(directory: string): Promise<void> {
  return change(directory, `UPDATE webhook_keys SET first_seen = first_seen - ${HOUR_MS}`);
}

/** Makes the journal of an app that is down one of a version whose addresses of calls had no token. */
export function forgetTalkKey(directory: string): Promise<void> {
  return change(directory, "DELETE FROM facts WHERE name IN ('talk_key', 'old_talk_until')");
}

/** Lets four hours pass since the first start with signed tokens. */
export function endOldCalls(directory: string): Promise<void> {
  return change(directory, `UPDATE facts SET value = value - ${4 * HOUR_MS} WHERE name = 'old_talk_until'`);
}
