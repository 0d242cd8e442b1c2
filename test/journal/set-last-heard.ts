import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Makes an app that is down believe, at its next start, that it last heard Twilio then. `directory`: its data folder. */
export function setLastHeard(directory: string, date: Date): void {
  using journal = new DatabaseSync(join(directory, "journal.db"));
  journal.prepare("UPDATE facts SET value = ? WHERE name = 'last_heard'").run(String(date.getTime()));
}
