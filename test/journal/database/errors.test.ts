import { DatabaseSync } from "node:sqlite";

import { expect, test } from "vitest";

import { diskProblemOf, isDamageError, isTransient } from "../../../src/journal/database/errors.ts";

const system = (code: string, syscall: string): Error => Object.assign(new Error(code), { code, syscall });
const sqlite = (errcode: number): Error =>
  Object.assign(new Error("sqlite"), { code: "ERR_SQLITE_ERROR", errcode });

test.each([
  ["ENOSPC", "full"],
  ["EDQUOT", "full"],
  ["EROFS", "read_only"],
  ["EACCES", "read_only"],
  ["EPERM", "read_only"],
  ["EIO", "failing"],
  ["EMFILE", "failing"],
])("the system's error %s counts as a problem with the disk: %s", (code, problem) => {
  expect(diskProblemOf(system(code, "open"))).toBe(problem);
});

test.each([
  [13, "full"],
  // Extended codes have the primary code in their lowest byte: IOERR_SHMSIZE, READONLY_DIRECTORY, CANTOPEN_FULLPATH.
  [4_874, "failing"],
  [1_544, "read_only"],
  [782, "read_only"],
  [5, "failing"],
])("SQLite's code %i counts as a problem with the disk: %s", (errcode, problem) => {
  expect(diskProblemOf(sqlite(errcode))).toBe(problem);
});

test.each([
  ["a port that may not be used", system("EACCES", "listen")],
  ["a port that is taken", system("EADDRINUSE", "listen")],
  ["a path that is no folder", system("ENOTDIR", "mkdir")],
  ["a damaged database", sqlite(11)],
  ["a statement with a mistake", sqlite(1)],
  ["anything else", new TypeError("x is not a function")],
  ["a value that is not an error", "disk full"],
])("%s does not count as a problem with the disk, so the app does not retry", (_what, error) => {
  expect(diskProblemOf(error)).toBeNull();
  expect(isTransient(error)).toBe(false);
});

test("SQLite's error for a read-only database counts as transient, and not as damage of the journal", () => {
  using database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (x); PRAGMA query_only = ON");
  let error: unknown = null;
  try {
    database.exec("INSERT INTO t VALUES (1)");
  } catch (thrown) {
    error = thrown;
  }
  expect([diskProblemOf(error), isDamageError(error)]).toEqual(["read_only", false]);
});
