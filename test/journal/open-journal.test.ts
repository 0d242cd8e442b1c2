import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { createKeptFacts } from "../../src/journal/kept-facts.ts";
import { openJournal } from "../../src/journal/open-journal.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("syncs the disk at every commit", () => {
  using journal = openJournal(join(folder, "journal.db"));
  expect(journal.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  expect(journal.prepare("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
});

test("finds again what an earlier process kept", () => {
  const file = join(folder, "journal.db");
  {
    using journal = openJournal(file);
    expect(createKeptFacts(journal).keepFirst("webhook_id", "a")).toBe("a");
  }
  using journal = openJournal(file);
  const facts = createKeptFacts(journal);
  expect(facts.keepFirst("webhook_id", "b")).toBe("a");
  expect(facts.get("public_origin")).toBeNull();
});

test("refuses a journal of a later version instead of harming it", () => {
  const file = join(folder, "journal.db");
  {
    using journal = openJournal(file);
    journal.exec("PRAGMA user_version = 99");
  }
  expect(() => openJournal(file)).toThrow("version 99");
});
