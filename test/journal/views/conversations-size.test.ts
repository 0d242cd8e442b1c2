import { describe, expect, test } from "vitest";

import { inTransaction } from "../../../src/journal/database/group-commit.ts";
import type { Journal } from "../../../src/journal/journal.ts";
import { CONVERSATION_QUERIES } from "../../../src/journal/views/conversations.ts";
import { openTestStore } from "../open-test-store.ts";

describe("in a journal with 100,000 rows,", () => {
  const ROWS = 100_000;
  const CONTACTS = 500;
  const PAGE = 50;

  test("the pages of conversations show each row once", () => {
    using store = openTestStore();
    fill(store, ROWS, CONTACTS);
    const listed = new Set<string>();
    let list = store.conversations.list(null, PAGE);
    while (list.length > 0) {
      for (const { address } of list) {
        expect(listed.has(address)).toBe(false);
        listed.add(address);
      }
      const end = list.at(-1);
      const mark = { at: end?.lastAt ?? 0, key: end?.key ?? "" };
      list = store.conversations.list(mark, PAGE);
    }
    expect(listed.size).toBe(CONTACTS);
    const [busiest = ""] = listed;
    let count = 0;
    let page = store.conversations.entries(busiest, null, PAGE);
    while (page.length > 0) {
      count += page.length;
      const before = page[0]?.key ?? null;
      page = store.conversations.entries(busiest, before, PAGE);
    }
    expect(count).toBe(ROWS / CONTACTS);
  });

  test("the queries for conversations and for their entries neither sort nor read a whole table", () => {
    using store = openTestStore();
    for (const query of Object.values(CONVERSATION_QUERIES)) {
      const plan = store.database.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
      const steps = plan.map((step) => String(step["detail"]));
      expect(steps).toEqual([expect.stringMatching(/^SEARCH/)]);
    }
  });
});

function fill(store: Journal, rows: number, contacts: number): void {
  inTransaction(store.database, () =>
    store.database
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO events (type, kind, data, received_at, state, sid)
         SELECT 'twilio_data_received', 'message',
           json_object('From', '+49151' || (1000000 + i % ?2), 'Body', 'Is the gate closed? ' || i, 'SmsStatus', 'received'),
           i, 'delivered', 'SM' || i FROM n`,
      )
      .run(rows, contacts),
  );
}
