import { describe, expect, test } from "vitest";

import { inboundEvents } from "../../../src/domain/events/outgoing-event.ts";
import type { KnownContact } from "../../../src/domain/events/outgoing-event.ts";
import { classifyWebhook } from "../../../src/domain/events/webhook.ts";
import type { WebhookFields } from "../../../src/domain/events/webhook.ts";
import type { WebhookRoute } from "../../../src/domain/events/webhook.ts";

const RECORDING = { RecordingSid: "RE1", RecordingUrl: "https://api.example/RE1", RecordingDuration: "7" };

/** The contacts by number. Luis has another form of this number, to which the app has not sent anything. */
const CONTACTS: Readonly<Record<string, KnownContact>> = {
  "+1": { name: "Alice", isVerified: true },
  "+521": { name: "Luis", isVerified: false },
};

function eventsOf(fields: WebhookFields, route: WebhookRoute = "webhook") {
  const kind = classifyWebhook(route, fields);
  return inboundEvents(
    fields,
    { kind, route },
    {
      webhookId: "w",
      eventId: "e",
      receivedAt: new Date(0),
      recognize: (address) => CONTACTS[address] ?? null,
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

test.each<[string, WebhookFields, WebhookRoute]>([
  ["message", { MessageSid: "SM1", SmsStatus: "received", From: "+521", Body: "hi" }, "webhook"],
  ["incoming call", { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound", From: "+521" }, "webhook"],
  ["input on a call", { CallSid: "CA1", CallStatus: "in-progress", From: "+521", Digits: "1" }, "webhook"],
  ["message status", { MessageSid: "SM1", MessageStatus: "sent", To: "+521" }, "message_status"],
  [
    "call status",
    { CallSid: "CA1", CallStatus: "completed", Direction: "inbound", From: "+521" },
    "call_status",
  ],
  ["recording", { CallSid: "CA1", CallStatus: "completed", From: "+521", ...RECORDING }, "call_status"],
])(
  "every event of this kind from or to an unverified form of a contact's number has `contact_unverified`: %s",
  (_kind, fields, route) => {
    const events = eventsOf(fields, route);
    expect(events).not.toEqual([]);
    for (const { data } of events) expect(data).toMatchObject({ contact: "Luis", contact_unverified: true });
    const own = JSON.parse(JSON.stringify(fields).replace("+521", "+1")) as WebhookFields;
    for (const { data } of eventsOf(own, route)) {
      expect(data).toMatchObject({ contact: "Alice" });
      expect(data).not.toHaveProperty("contact_unverified");
    }
  },
);
