import { expect, test } from "vitest";

import type { DeliveryStatus, ReportedStatus } from "../../../src/domain/events/delivery-status.ts";
import { openTestStore } from "../open-test-store.ts";

const none = { error: null, answeredBy: null, duration: null };
const REASON = { code: "30005", message: "unknown", more_info: null };

function callback(status: string | null, more: Partial<DeliveryStatus> = {}): ReportedStatus {
  return { ...none, status, ...more };
}

/** The combined status after each callback, or null for a callback without news. */
const advance = (store: ReturnType<typeof openTestStore>, ...statuses: ReportedStatus[]) =>
  statuses.map((status) => store.statuses.advance("CA1", status, 1));

test("a final status that Twilio repeats with new details is reported one more time, with all details", () => {
  using store = openTestStore();
  const [first, more, again] = advance(
    store,
    callback("failed", { duration: 0 }),
    callback("failed", { error: REASON }),
    callback("failed", { error: REASON }),
  );
  expect(first).toEqual(callback("failed", { duration: 0 }));
  expect(more).toEqual(callback("failed", { duration: 0, error: REASON }));
  expect(again).toBeNull();
  expect(store.statuses.of("CA1")).toEqual(more);
});

test("if a look-up at Twilio has stored a status, Twilio's callback with the same status is still reported", async () => {
  using store = openTestStore();
  await store.statuses.save("CA1", { ...none, status: "completed", duration: 7 }, 1);
  expect(
    advance(store, callback("in-progress"), callback("completed"), callback("completed", { duration: 7 })),
  ).toEqual([callback("in-progress"), callback("completed"), callback("completed", { duration: 7 })]);
  expect(store.statuses.of("CA1")).toEqual(callback("completed", { duration: 7 }));
});

test("a callback that says who answered is reported together with the call's latest status", () => {
  using store = openTestStore();
  const answered = callback(null, { answeredBy: "human" });
  expect(advance(store, answered)).toEqual([answered]);
  expect(advance(store, callback("in-progress"), answered, answered)).toEqual([
    callback("in-progress"),
    callback("in-progress", { answeredBy: "human" }),
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
])(
  "after an update from journal version 6 with the status %s (rank %i), the callback %s is reported as %s",
  (stored, step, status, expected) => {
    using store = openTestStore();
    store.database
      .prepare("INSERT INTO latest_statuses (sid, status, heard_step, told_at) VALUES ('CA1', ?, ?, 1)")
      .run(JSON.stringify({ ...none, status: stored }), step);
    expect(store.statuses.advance("CA1", callback(status), 2)?.status ?? null).toBe(expected);
  },
);
