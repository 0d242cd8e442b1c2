import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { placeSample, REQUEUED_TEXT, sampleVersions } from "./open-sample.ts";
import { openTestStore } from "./open-test-store.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sample-"));
  file = join(folder, "journal.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const ANNA = "+12125550101";
const BEN = "+12125550102";

function rowsByTable(journal: DatabaseSync): Record<string, number> {
  const tables = journal
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .all();
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      Number(journal.prepare(`SELECT count(*) AS n FROM ${String(name)}`).get()?.["n"]),
    ]),
  );
}

describe.each(sampleVersions())("the sample of a journal of version %i", (version) => {
  beforeEach(() => placeSample(version, file));

  test("has rows in every table and in every state", () => {
    using journal = new DatabaseSync(file);
    expect(journal.prepare("PRAGMA user_version").get()).toEqual({ user_version: version });
    expect(Object.values(rowsByTable(journal))).not.toContain(0);
    const values = (query: string): unknown[] =>
      journal
        .prepare(query)
        .all()
        .map(({ value }) => value);
    expect(values("SELECT DISTINCT state AS value FROM events ORDER BY 1")).toEqual([
      "delivered",
      "firing",
      "kept",
      "pending",
      "refused",
    ]);
    expect(values("SELECT DISTINCT state AS value FROM sends ORDER BY 1")).toEqual([
      "done",
      "posting",
      "waiting",
    ]);
    expect(values("SELECT DISTINCT command AS value FROM commands ORDER BY 1")).toEqual([
      "make_call",
      "send_message",
      "talk",
    ]);
    expect(
      values("SELECT DISTINCT unsure + 2 * late + 4 * unproven AS value FROM events ORDER BY 1"),
    ).toEqual([0, 1, 2, 4]);
  });

  test("can be opened with all its rows and settings", () => {
    const before = ((): Record<string, number> => {
      using journal = new DatabaseSync(file);
      return rowsByTable(journal);
    })();
    using store = openTestStore(file, {}, Date.UTC(2026, 10, 25));
    expect(store.loss).toBeNull();
    expect(store.lostAt).toBe(Date.UTC(2026, 10, 24, 8));
    const after = rowsByTable(store.database);
    // Later versions store more settings.
    // oxlint-disable-next-line house/plain-words -- a table has the name `facts`
    expect(after).toMatchObject({ ...before, facts: after["facts"] });
    expect(after["facts"]).toBeGreaterThanOrEqual(before["facts"] ?? 0);
    expect(store.settings.get("webhook_id")).toBe("5a".repeat(32));
    expect(store.settings.get("public_origin")).toBe("https://home.example");
    expect(store.ourNumbers.numbers()).toHaveLength(2);
    expect(store.pendingRequests.pending()).toMatchObject([{ request: { data: { request_id: "heard" } } }]);
    expect(store.callSteps.endedBy(`CA${"1".padStart(32, "0")}`)).toBe("app");
  });

  test("still has its waiting events in order, and knows which of them may be delivered already or are stale", async () => {
    using store = openTestStore(file, {}, Date.UTC(2026, 10, 25));
    const events = await store.eventLog.takeNext(99);
    expect(
      events.map(({ data, maybeDelivered, stale }) => [
        data["Body"] ?? data["request_id"],
        maybeDelivered,
        stale,
      ]),
    ).toEqual([
      ["was being fired", true, false],
      ["waits", false, false],
      [REQUEUED_TEXT, true, false],
      ["late", false, true],
      ["done", false, false],
      ["talk_done", false, false],
    ]);
    expect(store.sidAges?.unverifiedSids(9)).toEqual([{ sid: `SM${"7".padStart(32, "0")}`, isCall: false }]);
  });

  test("still has its open requests and steps, and the results of the finished ones", () => {
    using store = openTestStore(file, {}, Date.UTC(2026, 10, 25));
    const open = store.commands.openCommands();
    expect(
      open.map(({ requestId, deliveries }) => [requestId, deliveries.map(({ state }) => state).join()]),
    ).toEqual([
      ["waiting", "waiting,waiting"],
      ["posting", "posting"],
      ["accepted", "posting"],
      ["call", "posting"],
      ["limited", "waiting,waiting,waiting,waiting,done,done,done,done"],
    ]);
    expect(open[2]?.deliveries[0]).toMatchObject({
      accepted: { status: "queued" },
      reference: "ref_accepted_0",
    });
    expect(store.callSteps.gatheredInputOf("ref_call_0")).toMatchObject({ answer: { input: "1234" } });
    expect(
      store.callSteps.openCommands().map(({ requestId, isSentToTwilio }) => [requestId, isSentToTwilio]),
    ).toEqual([
      ["talk_waiting", false],
      ["talk_given", true],
      ["talk_forward", false],
    ]);
    expect(store.commands.findExisting("done")).toMatchObject({ result: { ok: true } });
    expect(store.commands.findExisting("talk_done")).toMatchObject({ result: { input: "4711" } });
  });

  test("has its missed events, and after the conversion all content of a row is in one sub-object of its JSON", async () => {
    using store = openTestStore(file, {}, Date.UTC(2026, 10, 25));
    const missed = () => store.activity.refusedOrMissed("missed", 9).map(({ data }) => data["From"]);
    expect(missed()).toEqual([BEN]);
    while (await store.convertRows());
    expect(missed()).toEqual([BEN]);
    const rows = (query: string): unknown[] => store.database.prepare(query).all();
    expect(rows("SELECT missed, reason FROM events WHERE missed = 1")).toEqual([{ missed: 1, reason: null }]);
    const stored = JSON.stringify([
      rows("SELECT json_remove(request, '$.content'), json_remove(result, '$.content') FROM sends"),
      rows("SELECT json_remove(result, '$.content') FROM commands"),
    ]);
    expect(stored).not.toMatch(/sent and told|not asked yet|waits for delivery|enter your PIN|4711/);
    expect(store.commands.openCommands()[0]?.deliveries[0]?.request).toMatchObject({ body: "not asked yet" });
    expect(store.callSteps.firstStepOf("ref_call_0")).toBeNull();
    expect(store.commands.findExisting("talk_done")).toMatchObject({ result: { input: "4711" } });
  });

  test("does not fire any of its webhooks again", async () => {
    using store = openTestStore(file, {}, Date.UTC(2026, 10, 25));
    const sid = `SM${"1".padStart(32, "0")}`;
    const again = { sid, key: `${sid}:message`, identicalWebhook: null, signature: `message-${sid}` };
    const captured = { ...again, key: `${sid}:another` };
    for (const key of [again, captured]) {
      const webhook = { key, events: [], receivedAt: 1, initialState: "pending", isBackfill: false } as const;
      expect(await store.eventLog.saveWebhook({ ...webhook, stale: false, status: null })).toBe("repeated");
    }
  });

  test("continues to build the index of its conversations", async () => {
    using store = openTestStore(file, {}, Date.UTC(2026, 10, 25));
    const texts = (address: string): unknown[] =>
      store.conversations.entries(address, null, 99).map(({ kind, text }) => text || kind);
    expect(texts(ANNA)).not.toContain("delivered long ago");
    while (await store.indexConversations());
    expect(texts(ANNA)).toEqual([
      "delivered long ago",
      "refused",
      "was being fired",
      "waits",
      REQUEUED_TEXT,
      "of unknown age",
      "sent and told",
      "not asked yet",
      "waits for delivery",
    ]);
    expect(texts(BEN)).toEqual(["call", "late", "neither", "asked, unanswered", "call"]);
  });
});
