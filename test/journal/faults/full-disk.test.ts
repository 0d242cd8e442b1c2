import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { describe, expect, test } from "vitest";

import { mountSmallDisk, whyNoSmallDisk } from "./small-disk.ts";

const run = promisify(execFile);
const SCRIPT = new URL("use-full-disk.ts", import.meta.url).pathname;
const missing = await whyNoSmallDisk();
const skipped = missing === null ? "" : ` (SKIPPED: ${missing})`;

/**
 * Runs the script and resolves with its output lines. Rejects if a signal such as SIGBUS or an error that is not
 * transient ends it.
 */
async function use(blockBytes: 1024 | 4096, what: string): Promise<string[]> {
  await using disk = await mountSmallDisk({ blockBytes, megabytes: 40 });
  const args = ["--disable-warning=ExperimentalWarning", SCRIPT, disk.directory, what];
  const { stdout } = await run(process.execPath, args);
  return stdout.trim().split("\n");
}

// In CI a skipped suite would look like a passed one.
describe.runIf(missing === null || process.env["CI"]).each([1024, 4096] as const)(
  `on a small disk with blocks of %i bytes${skipped}`,
  (blockBytes) => {
    test("a start opens the journal or fails with a transient error, however little space is free", async () => {
      const lines = await use(blockBytes, "start");
      expect(lines[0]).toBe("0 kB: opened 0 times");
      expect(lines.at(-1)).toMatch(/^640 kB: opened [12] times$/);
    });

    test("a write-ahead log that grows during a backup on a full disk does not end the process", async () => {
      expect(await use(blockBytes, "grow")).toHaveLength(11);
    });

    test("without space for restoring the copy, the app restores it later and creates no empty journal", async () => {
      const lines = await use(blockBytes, "restore");
      expect(lines[0]).toBe("0 kB: restored later");
      expect(lines.at(-1)).toBe("800 kB: restored");
    });

    test("without space for a migration, the migration runs later, and no row is lost", async () => {
      const lines = await use(blockBytes, "migrate");
      expect(lines[0]).toBe("0 kB: migrated later");
      expect(lines.at(-1)).toBe("1600 kB: migrated");
    });
  },
);
