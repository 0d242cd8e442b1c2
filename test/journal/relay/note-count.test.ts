import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { openTestStore } from "../open-test-store.ts";

test("the day's count of webhooks through the relay survives a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "journal-"));
  const file = join(folder, "journal.db");
  const journal = openTestStore(file);
  expect(journal.relayNotes.read()).toBeNull();
  journal.relayNotes.save({ day: 20_000, count: 1 });
  journal.relayNotes.save({ day: 20_000, count: 2 });
  await vi.waitFor(() => expect(journal.relayNotes.read()).toEqual({ day: 20_000, count: 2 }));
  journal[Symbol.dispose]();
  const later = openTestStore(file);
  expect(later.relayNotes.read()).toEqual({ day: 20_000, count: 2 });
  later[Symbol.dispose]();
  await rm(folder, { recursive: true });
});
