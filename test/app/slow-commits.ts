// Loaded before the app in its process: every commit blocks it as long as an SD card would.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const COMMIT_MS = 30;
const nothing = new Int32Array(new SharedArrayBuffer(4));
let commits = 0;

const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function execSlowly(this: DatabaseSync, sql: string) {
  exec.call(this, sql);
  if (sql !== "COMMIT") return;
  commits += 1;
  Atomics.wait(nothing, 0, 0, COMMIT_MS);
};

// For the test, which must not pass because nothing was slowed.
process.on("exit", () => writeFileSync(join(process.env["DATA_DIR"] ?? "", "slow-commits"), String(commits)));
