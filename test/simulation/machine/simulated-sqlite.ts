import { DatabaseSync as RealDatabase } from "node:sqlite";
import type {
  DatabaseSyncOptions,
  SQLInputValue,
  SQLOutputValue,
  StatementResultingChanges,
  StatementSync,
} from "node:sqlite";

import { databaseFull, diskOf } from "./simulated-disk.ts";
import type { SimulatedDisk } from "./simulated-disk.ts";

type Row = Record<string, SQLOutputValue>;

/** The part of a statement that the app uses. */
type Statement = Pick<StatementSync, "get" | "all" | "run">;

/**
 * SQLite's real database. On a simulated disk, the app can crash at each commit, and nothing is written to a full
 * disk.
 */
export class FileDatabase extends RealDatabase {
  /** The disk, or null after the database was closed. Otherwise its statements would stay in memory. */
  #disk: SimulatedDisk | null;

  constructor(path: string, options: DatabaseSyncOptions = {}) {
    const disk = diskOf(path);
    super(path, options);
    this.#disk = disk;
    disk?.opened(this, path);
  }

  override exec(sql: string): void {
    if (/PRAGMA/i.test(sql)) this.#disk?.modesChanged();
    super.exec(sql);
  }

  override prepare(sql: string): StatementSync {
    const statement = createLazyStatement(() => super.prepare(sql));
    const disk = this.#disk;
    if (/^\s*PRAGMA/i.test(sql)) disk?.modesChanged();
    if (disk === null || /^\s*(SELECT|PRAGMA|BEGIN)/i.test(sql)) return statement as StatementSync;
    const { run } = statement;
    const commit = (): StatementResultingChanges => {
      disk.commit(this, run);
      return { changes: 0, lastInsertRowid: 0 };
    };
    if (sql === "COMMIT") return { ...statement, run: commit } as StatementSync;
    // Outside of a transaction, each statement is a transaction.
    const runOnDisk = (...values: SQLInputValue[]): StatementResultingChanges => {
      if (disk.isFull() && !this.isTransaction) throw databaseFull();
      return run(...values);
    };
    return { ...statement, run: runOnDisk } as Statement as StatementSync;
  }

  override close(): void {
    this.#disk?.closed(this);
    this.#disk = null;
    super.close();
  }

  override [Symbol.dispose](): void {
    this.close();
  }
}

/** A statement that SQLite compiles at its first use. A life prepares two hundred statements, and uses only a few. */
function createLazyStatement(prepare: () => StatementSync): Statement {
  let prepared: StatementSync | null = null;
  const statement = (): StatementSync => (prepared ??= prepare());
  return {
    get: (...values: SQLInputValue[]): Row | undefined => statement().get(...values),
    all: (...values: SQLInputValue[]): Row[] => statement().all(...values),
    run: (...values: SQLInputValue[]): StatementResultingChanges => statement().run(...values),
  } as Statement;
}

/** The tables that a piece of SQL creates, by that SQL. All lives of all runs create the same tables in memory. */
const rowsInMemory = new Map<string, Row[]>();

/** A database in memory. The app only reads from it which tables its SQL creates. */
class MemoryDatabase {
  #made = "";

  exec(sql: string): void {
    this.#made += `${sql};\n`;
  }

  prepare(sql: string): Pick<StatementSync, "all"> {
    return {
      all: () => {
        const key = this.#made + sql;
        const rows = rowsInMemory.get(key) ?? this.#read(sql);
        rowsInMemory.set(key, rows);
        return rows;
      },
    };
  }

  #read(sql: string): Row[] {
    using real = new RealDatabase(":memory:");
    real.exec(this.#made);
    return real.prepare(sql).all();
  }

  close(): void {}

  [Symbol.dispose](): void {}
}

/** SQLite's class as the app imports it. It opens a file on a simulated disk, or a database in memory. */
export const DatabaseSync = function open(path: string, options?: DatabaseSyncOptions) {
  return path === ":memory:" ? new MemoryDatabase() : new FileDatabase(path, options);
} as unknown as typeof RealDatabase;
