import { describe, expect, test } from "vitest";

import type { DeliveryStatus } from "../../../src/domain/events/delivery-status.ts";
import { combineStatuses, isNewStatus } from "../../../src/domain/events/status-order.ts";

const none = { error: null, answeredBy: null, duration: null };
const status = (name: string, more: Partial<DeliveryStatus> = {}): DeliveryStatus => ({
  ...none,
  status: name,
  ...more,
});
const because = (code: string, message = code) => ({ code, message, more_info: null });

/** The statuses in order. Of several final statuses in one line, the status that was reported first is kept. */
const MESSAGE: readonly (readonly string[])[] = [
  ["accepted", "scheduled"],
  ["queued"],
  ["sending"],
  ["sent"],
  ["undelivered", "failed", "canceled"],
  ["partially_delivered"],
  ["delivered"],
  ["read"],
];
const CALL: readonly (readonly string[])[] = [
  ["queued"],
  ["initiated"],
  ["ringing"],
  ["in-progress"],
  ["busy", "no-answer", "failed", "canceled"],
  ["completed"],
];
/** Of these statuses, the one that was reported last is kept, because Twilio reports both for a scheduled message. */
const OPEN = new Set(["accepted", "scheduled"]);

function pairs(order: readonly (readonly string[])[]): [known: string, reported: string, stands: string][] {
  const all = order.flatMap((names, step) => names.map((name) => ({ name, step })));
  return all.flatMap((known) =>
    all.map((reported): [string, string, string] => {
      const isLater = reported.step > known.step || (reported.step === known.step && OPEN.has(reported.name));
      return [known.name, reported.name, isLater ? reported.name : known.name];
    }),
  );
}

describe.each([
  ["message", pairs(MESSAGE)],
  ["call", pairs(CALL)],
])("if Twilio reports two statuses for one %s,", (_what, table) => {
  test.each(table)("first %s and then %s, the app keeps %s", (known, reported, stands) => {
    const next = combineStatuses(status(known), status(reported));
    expect(next.status).toBe(stands);
    expect(isNewStatus(status(known), next)).toBe(stands !== known);
  });
});

test.each(["delivered", "read", "partially_delivered"])(
  "a message that Twilio reports both as %s and as undelivered, in any order, has no error",
  (good) => {
    const bad = status("undelivered", { error: because("30003") });
    expect(combineStatuses(bad, status(good))).toEqual(status(good));
    expect(combineStatuses(status(good), bad)).toEqual(status(good));
    expect(isNewStatus(status(good), combineStatuses(status(good), bad))).toBe(false);
  },
);

test.each<[string, DeliveryStatus, DeliveryStatus, DeliveryStatus]>([
  [
    "a reason",
    status("failed"),
    status("failed", { error: because("13224") }),
    status("failed", { error: because("13224") }),
  ],
  [
    "a duration",
    status("completed"),
    status("completed", { duration: 7 }),
    status("completed", { duration: 7 }),
  ],
  [
    "a duration of 0",
    status("no-answer"),
    status("no-answer", { duration: 0 }),
    status("no-answer", { duration: 0 }),
  ],
  [
    "who answered (in an earlier status)",
    status("completed", { duration: 7 }),
    status("in-progress", { answeredBy: "human" }),
    status("completed", { duration: 7, answeredBy: "human" }),
  ],
  [
    "a reason (in another status of a failure)",
    status("failed"),
    status("undelivered", { error: because("30005") }),
    status("failed", { error: because("30005") }),
  ],
])(
  "if a later webhook of Twilio adds %s to a final status, the status fires a second event, but no third one",
  (_what, known, reported, complete) => {
    const next = combineStatuses(known, reported);
    expect(next).toEqual(complete);
    expect(isNewStatus(known, next)).toBe(true);
    expect(isNewStatus(next, combineStatuses(next, reported))).toBe(false);
    expect(isNewStatus(next, combineStatuses(next, known))).toBe(false);
  },
);

test("of two texts for the same error of a message, the longer one is kept, and no event is fired for it", () => {
  const short = status("failed", { error: because("30005") });
  const long = status("failed", { error: because("30005", "Twilio says: unknown destination") });
  expect(combineStatuses(long, short)).toEqual(long);
  expect(combineStatuses(short, long)).toEqual(long);
  expect(isNewStatus(short, long)).toBe(false);
});

test("a status that the app does not know counts as progress, and does not replace a final status", () => {
  expect(combineStatuses(status("sent"), status("held")).status).toBe("held");
  expect(combineStatuses(status("delivered"), status("held")).status).toBe("delivered");
});
