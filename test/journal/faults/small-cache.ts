// This file is loaded into the process before the app. SQLite caches hardly any page, so that it reads the damaged
// file.
import { DatabaseSync } from "node:sqlite";

const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function execWithSmallCache(this: DatabaseSync, sql: string) {
  exec.call(this, sql);
  if (sql.includes("journal_mode")) exec.call(this, "PRAGMA cache_size = 1; PRAGMA wal_autocheckpoint = 1");
};
