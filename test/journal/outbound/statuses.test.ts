import { expect, test } from "vitest";

import type { DeliveryStatus, ReportedStatus } from "../../../src/domain/events/delivery-status.ts";
import { openTestStore } from "../open-test-store.ts";

const none = { error: null, answeredBy: null, duration: null };
const REASON = { code: "30005", message: "unknown", more_info: null };

function told(status: string | null, more: Partial<DeliveryStatus> = {}): ReportedStatus {
  return { ...none, status, ...more };
}

/** What each is told as; null for no news. */
const advance = (store: ReturnType<typeof openTestStore>, ...statuses: ReportedStatus[]) =>
  statuses.map((status) => store.statuses.advance("CA1", status, 1));

test("what a repeated end adds is told with all that is known, once", () => {
  using store = openTestStore();
  const [first, more, again] = advance(
    store,
    told("failed", { duration: 0 }),
    told("failed", { error: REASON }),
    told("failed", { error: REASON }),
  );
  expect(first).toEqual(told("failed", { duration: 0 }));
  expect(more).toEqual(told("failed", { duration: 0, error: REASON }));
  expect(again).toBeNull();
  expect(store.statuses.of("CA1")).toEqual(more);
});

test("what Twilio said when it was asked is known, and Home Assistant still hears it from the callback", async () => {
  using store = openTestStore();
  await store.statuses.save("CA1", { ...none, status: "completed", duration: 7 }, 1);
  expect(advance(store, told("in-progress"), told("completed"), told("completed", { duration: 7 }))).toEqual([
    told("in-progress"),
    told("completed"),
    told("completed", { duration: 7 }),
  ]);
  expect(store.statuses.of("CA1")).toEqual(told("completed", { duration: 7 }));
});

test("who answered is told with the status that is known", () => {
  using store = openTestStore();
  const answered = told(null, { answeredBy: "human" });
  expect(advance(store, answered)).toEqual([answered]);
  expect(advance(store, told("in-progress"), answered, answered)).toEqual([
    told("in-progress"),
    told("in-progress", { answeredBy: "human" }),
    null,
  ]);
});

test.each([
  ["delivered", 5, "delivered", null],
  ["undelivered", 5, "undelivered", null],
  ["undelivered", 5, "delivered", "delivered"],
  ["sent", 3, "sent", null],
  ["sent", 3, "delivered", "delivered"],
  ["read", 6, "read", null],
  ["read", 5, "read", "read"],
  ["delivered", 3, "delivered", "delivered"],
  ["completed", -1, "ringing", "ringing"],
])("of an earlier version's row, %s heard up to %i: %s is told as %s", (stored, step, status, expected) => {
  using store = openTestStore();
  store.database
    .prepare("INSERT INTO latest_statuses (sid, status, heard_step, told_at) VALUES ('CA1', ?, ?, 1)")
    .run(JSON.stringify({ ...none, status: stored }), step);
  expect(store.statuses.advance("CA1", told(status), 2)?.status ?? null).toBe(expected);
});
