// Loaded into the process before the app. While the file `no-room` is in the data folder, the database cannot grow, as on
// a full disk.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const sign = join(process.env["DATA_DIR"] ?? "", "no-room");
const SQLITES_OWN_LIMIT = 4_294_967_294;
let isFull = false;

const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function execWithoutRoom(this: DatabaseSync, sql: string) {
  if (sql.startsWith("BEGIN") && existsSync(sign) !== isFull) {
    isFull = !isFull;
    const pages = Number(this.prepare("PRAGMA page_count").get()?.["page_count"]);
    exec.call(this, `PRAGMA max_page_count = ${isFull ? pages : SQLITES_OWN_LIMIT}`);
  }
  exec.call(this, sql);
};
