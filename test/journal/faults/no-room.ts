// This file is loaded into the process before the app. While the file `no-room` is in the data folder, the database
// cannot grow, as on a full disk.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const sign = join(process.env["DATA_DIR"] ?? "", "no-room");
const SQLITES_OWN_LIMIT = 4_294_967_294;
let isFull = false;

const { prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function prepareWithoutRoom(this: DatabaseSync, sql: string, ...options) {
  const statement = prepare.call(this, sql, ...options);
  if (!sql.startsWith("BEGIN")) return statement;
  const run = statement.run.bind(statement);
  return Object.assign(statement, {
    run: () => {
      limitPages(this);
      return run();
    },
  });
};

function limitPages(database: DatabaseSync): void {
  if (existsSync(sign) === isFull) return;
  isFull = !isFull;
  const pages = Number(prepare.call(database, "PRAGMA page_count").get()?.["page_count"]);
  database.exec(`PRAGMA max_page_count = ${isFull ? pages : SQLITES_OWN_LIMIT}`);
}
