import { expect, test } from "vitest";

import { parseSendAt } from "../../../src/outbound/commands/schedule.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");

test.each([
  ["2026-03-02T08:00:00Z", "2026-03-02T08:00:00.000Z"],
  ["2026-03-02T08:00:00+01:00", "2026-03-02T07:00:00.000Z"],
  ["2026-03-02 08:00:00.123456+01:00", "2026-03-02T07:00:00.123Z"],
  ["2026-03-02 08:00:00", "2026-03-02T07:00:00.000Z"],
  ["2026-03-02", "2026-03-01T23:00:00.000Z"],
  // In Berlin, daylight saving time begins on this day.
  ["2026-03-29 08:00", "2026-03-29T06:00:00.000Z"],
])("in Berlin, `send_at: %s` means %s", (text, iso) => {
  expect(parseSendAt(text, NOW, "Europe/Berlin")).toEqual({ ok: true, iso });
});

test.each([
  ["tomorrow", /is not a date and time/],
  ["2026-13-40 08:00", /is not a date and time/],
  // April has 30 days, and February 2026 has 28.
  ["2026-04-31 08:00", /is not a date and time/],
  ["2026-02-29", /is not a date and time/],
  ["2026-04-31T08:00:00+02:00", /is not a date and time/],
  ["2026-03-01T11:59:00Z", /is in the past/],
  ["2026-03-01T12:10:00Z", /15 minutes/],
  ["2026-05-01T12:00:00Z", /35 days/],
])("the time `send_at: %s`, which is invalid or at which Twilio cannot send, is refused", (text, fault) => {
  expect(parseSendAt(text, NOW, "Europe/Berlin")).toMatchObject({
    ok: false,
    fault: expect.stringMatching(fault),
  });
});
