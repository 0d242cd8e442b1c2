import { describe, expect, test } from "vitest";

import { inboundEvents } from "../../../src/domain/events/outgoing-event.ts";
import { classifyWebhook } from "../../../src/domain/events/webhook.ts";
import type { WebhookFields } from "../../../src/domain/events/webhook.ts";
import type { WebhookRoute } from "../../../src/domain/events/webhook.ts";

const RECORDING = { RecordingSid: "RE1", RecordingUrl: "https://api.example/RE1", RecordingDuration: "7" };

function eventsOf(fields: WebhookFields, route: WebhookRoute = "webhook") {
  const kind = classifyWebhook(route, fields);
  return inboundEvents(
    fields,
    { kind, route },
    {
      webhookId: "w",
      eventId: "e",
      receivedAt: new Date(0),
      contactOf: (address) => (address === "+1" ? "Alice" : null),
      isContactUnverified: () => false,
      parties: null,
      requestId: null,
    },
  );
}

describe("the error code of a status webhook", () => {
  test.each(["0", "", "00", " "])("means no error if it is '%s'", (ErrorCode) => {
    const message = { MessageSid: "SM1", MessageStatus: "delivered", ErrorCode };
    const call = { CallSid: "CA1", CallStatus: "completed", ErrorCode };
    for (const [fields, route] of [
      [message, "message_status"],
      [call, "call_status"],
    ] as const)
      expect(eventsOf(fields, route)).toMatchObject([{ data: { error: null } }]);
  });

  test("means an error for all codes except 0", () => {
    const failed = { MessageSid: "SM1", MessageStatus: "failed", ErrorCode: "30005" };
    expect(eventsOf(failed, "message_status")).toMatchObject([{ data: { error: { code: "30005" } } }]);
  });
});

describe("a recording that a webhook reports", () => {
  test("in the status of a call fires an event that contains the caller and the called number", () => {
    const status = { CallSid: "CA1", CallStatus: "completed", From: "+1", To: "+2", ...RECORDING };
    expect(eventsOf({ ...status, CallbackSource: "call-progress-events" })).toMatchObject([
      { type: "twilio_data_received", kind: "call_status" },
      { type: "twilio_call_status", data: { status: "completed" } },
      {
        type: "twilio_recording",
        idempotencyKey: "CA1:recording RE1",
        data: { call_sid: "CA1", recording_sid: "RE1", duration: 7, from: "+1", to: "+2", contact: "Alice" },
      },
    ]);
  });

  test.each([
    RECORDING,
    { RecordingUrl: "https://api.example/2010-04-01/Accounts/AC1/Recordings/RE1" },
    { RecordingUrl: "https://api.example/2010-04-01/Accounts/AC1/Recordings/RE1.wav?a=b/c" },
  ])("fires one event, although several webhooks report it: %o", (named) => {
    const [, byStatus] = eventsOf({ CallSid: "CA1", CallStatus: "completed", ...named }, "call_status");
    const [byCallback] = eventsOf(
      { CallSid: "CA1", RecordingStatus: "completed", ...RECORDING },
      "recording",
    );
    expect(byStatus?.idempotencyKey).toBe("CA1:recording RE1");
    expect(byCallback?.idempotencyKey).toBe("CA1:recording RE1");
  });

  test.each(["in-progress", "absent", "failed"])("fires no event if its status is %s", (RecordingStatus) => {
    expect(eventsOf({ CallSid: "CA1", ...RECORDING, RecordingStatus }, "recording")).toEqual([]);
  });
});
