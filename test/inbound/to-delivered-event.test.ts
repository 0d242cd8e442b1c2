import { expect, test } from "vitest";

import { toDeliveredEvent } from "../../src/inbound/delivered-event.ts";
import { loggedEvent as event } from "./logged-event.ts";

test.each([
  ["incoming_call", 30],
  ["call", 30],
  ["message", 600],
  ["message_status", 86_400],
  ["call_status", 86_400],
] as const)(
  "an event of the kind %s is fired normally for %i seconds, and afterwards as twilio_data_missed",
  (kind, seconds) => {
    const given = event(1, { kind });
    expect(toDeliveredEvent(given, seconds * 1000)).toEqual({ type: "twilio_data_received", data: { n: 1 } });
    expect(toDeliveredEvent(given, seconds * 1000 + 500)).toEqual({
      type: "twilio_data_missed",
      data: { n: 1, age_seconds: seconds + 1 },
    });
  },
);

test.each(["incoming_call", "call", "call_status"] as const)(
  "a twilio_data_received of the kind %s that may have reached Home Assistant, and may have opened a gate, is repeated only as twilio_data_missed",
  (kind) => {
    const given = event(1, { kind, data: { CallSid: "CA1" }, maybeDelivered: true });
    expect(toDeliveredEvent(given, 1000)).toEqual({
      type: "twilio_data_missed",
      data: { CallSid: "CA1", redelivered: true, age_seconds: 1 },
    });
  },
);

test("a message or a twilio_call_status that may already have reached Home Assistant is fired again under its own type", () => {
  expect(toDeliveredEvent(event(1, { maybeDelivered: true }), 1000)).toEqual({
    type: "twilio_data_received",
    data: { n: 1, redelivered: true },
  });
  const status = event(1, { type: "twilio_call_status", kind: "call_status", maybeDelivered: true });
  expect(toDeliveredEvent(status, 1000).type).toBe("twilio_call_status");
});

test("an event that is stored as stale is fired as twilio_data_missed at any age", () => {
  expect(toDeliveredEvent(event(1, { stale: true }), 1000).type).toBe("twilio_data_missed");
});

test("the event `twilio_result` keeps its type at any age", () => {
  expect(toDeliveredEvent(event(1, { type: "twilio_result", kind: null }), 1e12).type).toBe("twilio_result");
});

test("a `twilio_result` that may already have reached Home Assistant is fired again with `redelivered: true`", () => {
  const { data } = toDeliveredEvent(event(1, { type: "twilio_result", kind: null, maybeDelivered: true }), 1);
  expect(data).toMatchObject({ redelivered: true });
});

test("an event with a time in the future is fired as twilio_data_missed, like one that is too old", () => {
  const { type, data } = toDeliveredEvent(event(1, { kind: "incoming_call", receivedAt: 3_600_000 }), 0);
  expect([type, data["age_seconds"]]).toEqual(["twilio_data_missed", 0]);
});
