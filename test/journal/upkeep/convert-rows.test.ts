import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { Journal } from "../../../src/journal/journal.ts";
import { openTestStore } from "../open-test-store.ts";
import { ANNA, BEN, writeVersion6 } from "./version-6-journal.ts";

const DAY = 86_400_000;

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "convert-"));
  file = join(folder, "journal.db");
});
afterEach(() => rm(folder, { recursive: true }));

/** Reads everything from the rows that the conversion changes. */
async function allIn(store: Journal) {
  const search = await store.conversations.search("secret", () => false, 9);
  return {
    entries: [ANNA, BEN].map((address) => store.conversations.entries(address, null, 99)),
    found: search.conversations.map(({ address, matchingEntry }) => [address, matchingEntry]),
    missed: store.activity.refusedOrMissed("missed", 99),
    refused: store.activity.refusedOrMissed("refused", 99),
    history: store.activity.history(null, 99),
    open: store.commands.openCommands(),
    results: ["message", "template", "call", "said", "talk"].map((id) => store.commands.findExisting(id)),
    progress: ["call", "open"].map((id) => store.progressOf(id)),
    firstStep: store.callSteps.firstStepOf("ref_call"),
  };
}

/** The stored JSON that has content beside other fields. */
function storedJson(store: Journal): string[] {
  return store.database
    .prepare(
      `SELECT request AS json FROM sends UNION ALL SELECT result FROM sends UNION ALL SELECT result FROM commands`,
    )
    .all()
    .flatMap(({ json }) => (json === null ? [] : [String(json)]));
}

const withoutContent = (store: Journal): string =>
  store.database
    .prepare(`SELECT json_remove(value, '$.content') AS json FROM json_each(?)`)
    .all(JSON.stringify(storedJson(store).map((json) => JSON.parse(json) as unknown)))
    .map(({ json }) => String(json))
    .join("\n");

describe("a journal that version 6 of the schema wrote", () => {
  test("has the same meaning before and after the conversion", async () => {
    writeVersion6(file);
    using store = openTestStore(file, {}, DAY);
    const before = await allIn(store);
    expect(withoutContent(store)).toContain("secret");
    while (await store.convertRows());
    expect(await allIn(store)).toEqual(before);
    expect(before.missed).toHaveLength(1);
    expect(before.refused).toMatchObject([{ reason: "missed" }]);
    expect(before.entries.flat()).toMatchObject([
      { text: "too late" },
      { text: "forbidden" },
      { text: "secret text", sources: ["camera.secret"] },
      { text: "", template: "HX1" },
      { template: "HX1" },
      { kind: "call", turns: expect.arrayContaining([{ kind: "spoken", text: "secret words" }]) },
      { kind: "call", text: "secret words", turns: [] },
    ]);
    expect(before.results[2]).toMatchObject({
      result: { input: "secret 4711", recipients: [{ ended: "caller" }] },
    });
    expect(before.open[0]?.deliveries[0]?.request).toMatchObject({
      content: { variables: '{"1":"secret"}' },
    });
    expect(before.firstStep?.step.speech).toEqual({ kind: "say", text: "secret question" });
    expect(before.found.map(([address]) => address)).toEqual([ANNA, BEN]);
  });

  test("has, after the conversion, all content of a row in one sub-object, and a column for missed events", async () => {
    writeVersion6(file);
    using store = openTestStore(file, {}, DAY);
    expect(store.settings.get("rows_to_convert")).not.toBeNull();
    while (await store.convertRows());
    expect(withoutContent(store)).not.toContain("secret");
    expect(storedJson(store).join()).toContain("secret");
    expect(store.database.prepare("SELECT state, reason, missed FROM events").all()).toEqual([
      { state: "delivered", reason: null, missed: 1 },
      { state: "refused", reason: "missed", missed: 0 },
    ]);
    expect(store.settings.get("rows_to_convert")).toBeNull();
  });

  test("loses all its content by pruning, before and after the conversion", async () => {
    writeVersion6(file);
    for (const isConverted of [false, true]) {
      using store = openTestStore(":memory:", {}, DAY);
      store.database.exec(`ATTACH '${file}' AS old; PRAGMA foreign_keys = OFF`);
      for (const table of ["facts", "commands", "sends", "talk_steps"]) {
        // Later versions have more columns.
        const columns = store.database.prepare("SELECT name FROM pragma_table_info(?, 'old')").all(table);
        const names = columns.map(({ name }) => String(name)).join(", ");
        store.database.exec(
          `INSERT OR IGNORE INTO main.${table} (${names}) SELECT ${names} FROM old.${table} WHERE true`,
        );
      }
      store.database.exec("UPDATE commands SET finished_at = 1");
      store.settings.set("rows_to_convert", JSON.stringify({ events: 0, commands: 9 }));
      if (isConverted) while (await store.convertRows());
      expect(store.conversations.entries(BEN, null, 9)).toHaveLength(2);
      while (await store.prune(DAY, 2 * DAY));
      expect(JSON.stringify(storedJson(store))).not.toContain("secret");
      expect(storedJson(store)).toHaveLength(14);
      expect(store.conversations.list(null, 9)).toEqual([]);
      expect(store.commands.findExisting("call")).toMatchObject({ result: { ok: true, recipients: [] } });
      expect(store.conversations.entry({ at: 1_004, source: 1, ref: 3, position: 0 })).toBeNull();
      while (await store.convertRows());
    }
  });

  test("is converted in small steps, which continue after a kill in the middle", async () => {
    writeVersion6(file, 250);
    {
      using first = openTestStore(file, {}, DAY);
      expect(await first.convertRows()).toBe(true);
    }
    using store = openTestStore(file, {}, DAY);
    expect(JSON.parse(store.settings.get("rows_to_convert") ?? "")).toEqual({ events: 0, commands: 156 });
    expect(store.conversations.entries(ANNA, null, 2_000)).toHaveLength(505);
    expect([await store.convertRows(), await store.convertRows()]).toEqual([true, false]);
    expect(withoutContent(store)).not.toContain("secret");
    expect(store.conversations.entries(ANNA, null, 2_000)).toHaveLength(505);
    expect(store.activity.refusedOrMissed("missed", 99)).toHaveLength(26);
  });
});

test("a new journal needs no conversion", async () => {
  using store = openTestStore(file);
  expect(store.settings.get("rows_to_convert")).toBeNull();
  expect(await store.convertRows()).toBe(false);
});
