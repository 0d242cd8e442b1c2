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

/** As much of a statement as the app uses. */
type Statement = Pick<StatementSync, "get" | "all" | "run">;

/** SQLite itself. On a simulated disk each commit is a place to crash, and nothing is written where it is full. */
export class FileDatabase extends RealDatabase {
  /** Null as well once it is closed: a statement that could be reached from its database would never leave memory. */
  #disk: SimulatedDisk | null;

  constructor(path: string, options: DatabaseSyncOptions = {}) {
    const disk = diskOf(path);
    super(path, options);
    this.#disk = disk;
    disk?.opened(this, path);
  }

  override prepare(sql: string): StatementSync {
    const statement = createLazyStatement(() => super.prepare(sql));
    const disk = this.#disk;
    if (disk === null || /^\s*(SELECT|PRAGMA|BEGIN)/i.test(sql)) return statement as StatementSync;
    const { run } = statement;
    const commit = (): StatementResultingChanges => {
      disk.commit(this, run);
      return { changes: 0, lastInsertRowid: 0 };
    };
    if (sql === "COMMIT") return { ...statement, run: commit } as StatementSync;
    // Outside of a transaction a statement is one.
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

/** A statement that SQLite compiles at its first use. A life prepares two hundred of them, and uses few. */
function createLazyStatement(prepare: () => StatementSync): Statement {
  let prepared: StatementSync | null = null;
  const statement = (): StatementSync => (prepared ??= prepare());
  return {
    get: (...values: SQLInputValue[]): Row | undefined => statement().get(...values),
    all: (...values: SQLInputValue[]): Row[] => statement().all(...values),
    run: (...values: SQLInputValue[]): StatementResultingChanges => statement().run(...values),
  } as Statement;
}

/** The tables that some SQL makes, by that SQL: all lives of all runs make the same ones in memory. */
const rowsInMemory = new Map<string, Row[]>();

/** A database in memory, of which the app only reads which tables its SQL makes. */
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

/** SQLite's class as the app imports it: a file on a simulated disk, or a database in memory. */
export const DatabaseSync = function open(path: string, options?: DatabaseSyncOptions) {
  return path === ":memory:" ? new MemoryDatabase() : new FileDatabase(path, options);
} as unknown as typeof RealDatabase;
