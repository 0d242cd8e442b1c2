// Loaded before the app in its process: its database keeps hardly a page in memory, so that damage to the file shows.
import { DatabaseSync } from "node:sqlite";

const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function execWithSmallCache(this: DatabaseSync, sql: string) {
  exec.call(this, sql);
  if (sql.includes("journal_mode")) exec.call(this, "PRAGMA cache_size = 1; PRAGMA wal_autocheckpoint = 1");
};
