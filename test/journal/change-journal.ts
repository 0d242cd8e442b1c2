import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const HOUR_MS = 3_600_000;

function change(directory: string, ...statements: string[]): Promise<void> {
  using journal = new DatabaseSync(join(directory, "journal.db"));
  for (const statement of statements) journal.exec(statement);
  return Promise.resolve();
}

/** Makes all stored webhooks an hour older. The app must not run. */
export function ageWebhooks(directory: string): Promise<void> {
  return change(directory, `UPDATE webhook_keys SET first_seen = first_seen - ${HOUR_MS}`);
}

/** Turns the journal into one of a version that did not sign the URLs of steps. The app must not run. */
export function removeTalkKey(directory: string): Promise<void> {
  return change(directory, "DELETE FROM facts WHERE name IN ('talk_key', 'old_talk_until')");
}

/** Makes the app's first start with signed URLs four hours older, after which the old URLs are not valid any more. */
export function endOldCalls(directory: string): Promise<void> {
  return change(directory, `UPDATE facts SET value = value - ${4 * HOUR_MS} WHERE name = 'old_talk_until'`);
}
