import { DatabaseSync as RealDatabase } from "node:sqlite";
import type {
  DatabaseSyncOptions,
  SQLInputValue,
  StatementResultingChanges,
  StatementSync,
} from "node:sqlite";

import { databaseFull, diskOf } from "./simulated-disk.ts";
import type { SimulatedDisk } from "./simulated-disk.ts";

/** SQLite itself. On a simulated disk each commit is a place to crash, and nothing is written where it is full. */
export class DatabaseSync extends RealDatabase {
  readonly #disk: SimulatedDisk | null;

  constructor(path: string, options: DatabaseSyncOptions = {}) {
    const disk = diskOf(path);
    super(path, options);
    this.#disk = disk;
    disk?.opened(this, path);
  }

  override prepare(sql: string): StatementSync {
    const statement = super.prepare(sql);
    const disk = this.#disk;
    if (disk === null || /^\s*(SELECT|PRAGMA|BEGIN)/i.test(sql)) return statement;
    const run = statement.run.bind(statement);
    const commit = (): StatementResultingChanges => {
      disk.commit(this, run);
      return { changes: 0, lastInsertRowid: 0 };
    };
    if (sql === "COMMIT") return Object.assign(statement, { run: commit });
    // Outside of a transaction a statement is one.
    const runOnDisk = (...values: SQLInputValue[]): StatementResultingChanges => {
      if (disk.isFull() && !this.isTransaction) throw databaseFull();
      return run(...values);
    };
    return Object.assign(statement, { run: runOnDisk });
  }

  override close(): void {
    this.#disk?.closed(this);
    super.close();
  }

  override [Symbol.dispose](): void {
    this.close();
  }
}
