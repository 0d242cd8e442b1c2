import { expect, test } from "vitest";

import { classifyWebhook } from "../../src/domain/classify-webhook.ts";
import type { WebhookKey } from "../../src/domain/webhook-key.ts";
import type { WebhookRoute } from "../../src/domain/webhook-source.ts";
import { dedupeKey } from "../../src/twilio/dedupe-key.ts";

function keyOf(
  fields: Record<string, string>,
  idempotencyToken?: string,
  route: WebhookRoute = "webhook",
): WebhookKey {
  const kind = classifyWebhook(route, fields);
  return dedupeKey({ kind, fields, parameters: fields, signature: "s", idempotencyToken });
}

const key = (fields: Record<string, string>): string => keyOf(fields).key;

test("tells a message by its SID, whatever else Twilio adds when it repeats it", () => {
  expect(key({ MessageSid: "SM1", Body: "a" })).toBe(key({ MessageSid: "SM1", Body: "a", FromCity: "B" }));
  expect(key({ MessageSid: "SM1" })).not.toBe(key({ MessageSid: "SM2" }));
});

test("tells each status of a message apart", () => {
  expect(key({ MessageSid: "SM1", MessageStatus: "sent" })).not.toBe(
    key({ MessageSid: "SM1", MessageStatus: "delivered" }),
  );
});

test("tells a call that rings by its SID alone", () => {
  const ringing = { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound" };
  expect(key(ringing)).toBe(key({ ...ringing, CallerName: "B" }));
});

test("tells the final state of a call by SID and state", () => {
  const completed = { CallSid: "CA1", CallStatus: "completed" };
  expect(key(completed)).toBe(key({ ...completed, Timestamp: "later" }));
});

test("tells two answers in one call by all that was sent", () => {
  const gathered = { CallSid: "CA1", CallStatus: "in-progress", Digits: "1" };
  expect(key(gathered)).not.toBe(key({ ...gathered, Digits: "2" }));
  expect(key(gathered)).toBe(key({ Digits: "1", CallStatus: "in-progress", CallSid: "CA1" }));
});

test("takes the idempotency token only where nothing signed tells requests apart, and bounds its length", () => {
  const tokenOf = (fields: Record<string, string>): string | null => keyOf(fields, "x".repeat(10_000)).token;
  expect(tokenOf({ CallSid: "CA1", CallStatus: "in-progress", Digits: "1" })).toHaveLength(64);
  expect(tokenOf({ CallSid: "CA1", CallStatus: "ringing", Direction: "inbound" })).toBeNull();
  expect(tokenOf({ MessageSid: "SM1", Body: "hi" })).toBeNull();
});

test("a request to the fallback URL is the same as the one that failed, and no second one of its own", () => {
  const gathered = { CallSid: "CA1", CallStatus: "in-progress", Digits: "1" };
  const fallback = { ...gathered, ErrorCode: "11205", ErrorUrl: "https://home.example/webhook" };
  expect(keyOf(fallback, "token").key).toBe(keyOf(gathered, "token").key);
  expect(keyOf(fallback, "token").token).toBeNull();
});

test("on our own status route every status counts, also where only its older name came", () => {
  const status = (SmsStatus: string): string =>
    keyOf({ SmsSid: "SM1", SmsStatus }, undefined, "message_status").key;
  expect(status("sent")).toBe("SM1:sent");
  expect(status("delivered")).toBe("SM1:delivered");
});
