import { expect, test } from "vitest";

import { classifyWebhook } from "../../../src/domain/events/webhook.ts";
import type { WebhookRoute } from "../../../src/domain/events/webhook.ts";
import type { WebhookKey } from "../../../src/inbound/webhook-key.ts";
import { dedupeKey } from "../../../src/twilio/webhooks/dedupe-key.ts";
import type { WebhookToKey } from "../../../src/twilio/webhooks/dedupe-key.ts";

function keyOf(
  fields: Record<string, string>,
  idempotencyToken?: string,
  over: Partial<WebhookToKey> & { readonly route?: WebhookRoute } = {},
): WebhookKey {
  const route = over.route ?? "webhook";
  return dedupeKey({
    kind: classifyWebhook(route, fields),
    route,
    isPost: true,
    fields,
    parameters: fields,
    signature: "s",
    idempotencyToken,
    wasAnswered: () => true,
    ...over,
  });
}

const key = (fields: Record<string, string>): string => keyOf(fields).key;

test("if all parameters are Twilio's, the dedupe key of a message contains its SID and no other parameter", () => {
  expect(key({ MessageSid: "SM1", Body: "a" })).toBe(key({ MessageSid: "SM1", Body: "a", FromCity: "B" }));
  expect(key({ MessageSid: "SM1" })).not.toBe(key({ MessageSid: "SM2" }));
});

test("for the dedupe key, an empty SID from a Studio flow counts as no SID", () => {
  expect(keyOf({ CallSid: "", MessageSid: "", action: "open" }).sid).toBeNull();
  expect(keyOf({ CallSid: "", MessageSid: "SM1", Body: "hi" }).sid).toBe("SM1");
});

test("each status of a message has its own dedupe key", () => {
  expect(key({ MessageSid: "SM1", MessageStatus: "sent" })).not.toBe(
    key({ MessageSid: "SM1", MessageStatus: "delivered" }),
  );
});

test("if all parameters are Twilio's, the dedupe key of a ringing call contains its SID and no other parameter", () => {
  const ringing = { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound" };
  expect(key(ringing)).toBe(key({ ...ringing, CallerName: "B" }));
});

test("the dedupe key of a final call status at /webhook does not contain Twilio's timestamp", () => {
  const completed = { CallSid: "CA1", CallStatus: "completed" };
  expect(key(completed)).toBe(key({ ...completed, Timestamp: "later" }));
});

test("the dedupe key of an input on a call contains all parameters", () => {
  const gathered = { CallSid: "CA1", CallStatus: "in-progress", Digits: "1" };
  expect(key(gathered)).not.toBe(key({ ...gathered, Digits: "2" }));
  expect(key(gathered)).toBe(key({ Digits: "1", CallStatus: "in-progress", CallSid: "CA1" }));
});

test("the app hashes the idempotency token, which distinguishes identical webhooks about input on a call, but not messages and ringing calls", () => {
  const tokenOf = (fields: Record<string, string>): string | null =>
    keyOf(fields, "x".repeat(10_000)).identicalWebhook?.token ?? null;
  expect(tokenOf({ CallSid: "CA1", CallStatus: "in-progress", Digits: "1" })).toHaveLength(64);
  expect(tokenOf({ CallSid: "CA1", CallStatus: "ringing", Direction: "inbound" })).toBeNull();
  expect(tokenOf({ MessageSid: "SM1", Body: "hi" })).toBeNull();
});

test("a webhook to the fallback URL has the dedupe key of the webhook that failed", () => {
  const gathered = { CallSid: "CA1", CallStatus: "in-progress", Digits: "1" };
  const fallback = { ...gathered, ErrorCode: "11205", ErrorUrl: "https://home.example/webhook" };
  expect(keyOf(fallback, "token").key).toBe(keyOf(gathered, "token").key);
  expect(keyOf(fallback, "token").identicalWebhook).toBeNull();
});

test("each status at the app's own status path has its own dedupe key, also if Twilio sends it as SmsStatus", () => {
  const status = (SmsStatus: string): string =>
    keyOf({ SmsSid: "SM1", SmsStatus }, undefined, { route: "message_status" }).key;
  expect(status("sent")).toBe("SM1:status sent");
  expect(status("delivered")).toBe("SM1:status delivered");
});

test("at the app's own status paths, only new details that the event contains make a new dedupe key", () => {
  const own = (fields: Record<string, string>): string =>
    keyOf({ CallSid: "CA1", CallStatus: "completed", ...fields }, undefined, { route: "call_status" }).key;
  const details: Record<string, string>[] = [
    {},
    { CallDuration: "7" },
    { ErrorCode: "30001" },
    { AnsweredBy: "human" },
    { RecordingSid: "RE1" },
  ];
  expect(new Set(details.map(own)).size).toBe(details.length);
  expect(own({ CallDuration: "7", Timestamp: "later", SequenceNumber: "4" })).toBe(
    own({ CallDuration: "7" }),
  );
});

test("the dedupe key of a call status at the app's status path differs from that at /webhook", () => {
  const completed = { CallSid: "CA1", CallStatus: "completed", CallDuration: "7" };
  expect(keyOf(completed).key).not.toBe(keyOf(completed, undefined, { route: "call_status" }).key);
  const ringing = { CallSid: "CA1", CallStatus: "ringing" };
  expect(keyOf(ringing, undefined, { route: "call_status" }).key).not.toBe(
    key({ ...ringing, Direction: "inbound" }),
  );
});

test("results at the end of a call have their own dedupe keys, different from that of the last status", () => {
  const completed = { CallSid: "CA1", CallStatus: "completed" };
  const results: Record<string, string>[] = [
    { RecordingUrl: "https://api.example/RE1", Digits: "hangup" },
    { TranscriptionText: "hi" },
    { DialCallStatus: "completed" },
    { QueueResult: "hangup" },
    {},
  ];
  const keys = results.map((result) => key({ ...completed, ...result }));
  expect(new Set(keys).size).toBe(results.length);
});

test("an ErrorCode without an ErrorUrl is part of the dedupe key", () => {
  const failed = { CallSid: "CA1", CallStatus: "failed" };
  expect(key(failed)).not.toBe(key({ ...failed, ErrorCode: "13224" }));
  expect(
    keyOf({ CallSid: "CA1", RecordingUrl: "u", ErrorCode: "0" }, "token").identicalWebhook,
  ).not.toBeNull();
});

test("the dedupe key of a webhook with parameters that are not Twilio's contains all parameters, and the idempotency token distinguishes identical webhooks", () => {
  const own: Record<string, string>[] = [
    { action: "open" },
    { MessageSid: "SM1", action: "open" },
    { MessageSid: "SM1", Action: "open" },
    { MessageSid: "SM1", From: "+1", Body: "open", gate: "1" },
    { MessageSid: "SM1", From: "+1", Body: "open", Gate: "1" },
    { MessageSid: "IM1", Body: "open", EventType: "onMessageUpdated", ConversationSid: "CH1" },
    { CallSid: "CA1", action: "open" },
    { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound", action: "open" },
    { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound", FlowSid: "FW1" },
  ];
  for (const fields of own) {
    const { key: first, identicalWebhook } = keyOf(fields, "token");
    expect(identicalWebhook).toMatchObject({ scope: fields["CallSid"] ?? first, isFirstAnswered: true });
    expect(key({ ...fields, more: "2" })).not.toBe(first);
  }
});

test("for the dedupe key, Twilio's own parameters do not count as parameters of the user's Studio flow", () => {
  const whatsApp = {
    WaId: "521",
    ProfileName: "Maria",
    ButtonText: "Open",
    ButtonPayload: "open",
    ReferralNumMedia: "0",
    ChannelMetadata: "{}",
    MediaContentType0: "image/jpeg",
    OriginalRepliedMessageSid: "SM2",
  };
  const message = keyOf(
    { MessageSid: "SM1", Body: "hi", NumMedia: "1", MessageType: "button", ...whatsApp },
    "token",
  );
  expect(message).toMatchObject({ key: "SM1:received", identicalWebhook: null });
  const call = { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound", CallerCity: "B" };
  const sip = { "SipHeader_X-Door": "1", StirVerstat: "TN-Validation-Passed-A", CallToken: "t" };
  expect(keyOf({ ...call, ...sip }, "token")).toMatchObject({ key: "CA1:ringing", identicalWebhook: null });
});

test("a message by GET has one dedupe key, even if the number's URL has parameters of the user", () => {
  const message = { MessageSid: "SM1", Body: "hi", ApiVersion: "2010-04-01", house: "1" };
  expect(keyOf(message, "token", { isPost: false })).toMatchObject({
    key: "SM1:received",
    identicalWebhook: null,
  });
});

test("a ringing call by GET has one dedupe key, even if the number's URL has parameters of the user", () => {
  const call = { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound" };
  const ringing = { ...call, ApiVersion: "2010-04-01", house: "1" };
  expect(keyOf(ringing, "token", { isPost: false })).toMatchObject({
    key: "CA1:ringing",
    identicalWebhook: null,
  });
});

test("by GET, too, the dedupe key of a Studio flow's webhook contains all parameters, and the idempotency token distinguishes identical webhooks", () => {
  const sent: Record<string, string>[] = [
    { MessageSid: "SM1", From: "+1", Body: "open", gate: "1" },
    { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound", gate: "1" },
  ];
  for (const fields of sent) {
    const { key: first, identicalWebhook } = keyOf(fields, "token", { isPost: false });
    expect(identicalWebhook).not.toBeNull();
    expect(keyOf({ ...fields, gate: "2" }, "token", { isPost: false }).key).not.toBe(first);
  }
});

test("after the end of a call, the idempotency token does not distinguish identical webhooks", () => {
  expect(
    keyOf({ CallSid: "CA1", CallStatus: "completed", Digits: "1" }, "token").identicalWebhook,
  ).toBeNull();
});
