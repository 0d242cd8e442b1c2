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

test("tells a message by its SID, whatever else Twilio adds when it repeats it", () => {
  expect(key({ MessageSid: "SM1", Body: "a" })).toBe(key({ MessageSid: "SM1", Body: "a", FromCity: "B" }));
  expect(key({ MessageSid: "SM1" })).not.toBe(key({ MessageSid: "SM2" }));
});

test("names no SID where a flow sends an empty one", () => {
  expect(keyOf({ CallSid: "", MessageSid: "", action: "open" }).sid).toBeNull();
  expect(keyOf({ CallSid: "", MessageSid: "SM1", Body: "hi" }).sid).toBe("SM1");
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
  const tokenOf = (fields: Record<string, string>): string | null =>
    keyOf(fields, "x".repeat(10_000)).identicalWebhook?.token ?? null;
  expect(tokenOf({ CallSid: "CA1", CallStatus: "in-progress", Digits: "1" })).toHaveLength(64);
  expect(tokenOf({ CallSid: "CA1", CallStatus: "ringing", Direction: "inbound" })).toBeNull();
  expect(tokenOf({ MessageSid: "SM1", Body: "hi" })).toBeNull();
});

test("a request to the fallback URL is the same as the one that failed, and no second one of its own", () => {
  const gathered = { CallSid: "CA1", CallStatus: "in-progress", Digits: "1" };
  const fallback = { ...gathered, ErrorCode: "11205", ErrorUrl: "https://home.example/webhook" };
  expect(keyOf(fallback, "token").key).toBe(keyOf(gathered, "token").key);
  expect(keyOf(fallback, "token").identicalWebhook).toBeNull();
});

test("on our own routes every status counts, also where only its older name came", () => {
  const status = (SmsStatus: string): string =>
    keyOf({ SmsSid: "SM1", SmsStatus }, undefined, { route: "message_status" }).key;
  expect(status("sent")).toBe("SM1:status sent");
  expect(status("delivered")).toBe("SM1:status delivered");
});

test("on our own routes a status that says more counts again, and what its event does not tell does not", () => {
  const own = (fields: Record<string, string>): string =>
    keyOf({ CallSid: "CA1", CallStatus: "completed", ...fields }, undefined, { route: "call_status" }).key;
  const told: Record<string, string>[] = [
    {},
    { CallDuration: "7" },
    { ErrorCode: "30001" },
    { AnsweredBy: "human" },
    { RecordingSid: "RE1" },
  ];
  expect(new Set(told.map(own)).size).toBe(told.length);
  expect(own({ CallDuration: "7", Timestamp: "later", SequenceNumber: "4" })).toBe(
    own({ CallDuration: "7" }),
  );
});

test("a status at our own route and the same at /webhook are two requests, each with events of its own", () => {
  const completed = { CallSid: "CA1", CallStatus: "completed", CallDuration: "7" };
  expect(keyOf(completed).key).not.toBe(keyOf(completed, undefined, { route: "call_status" }).key);
  const ringing = { CallSid: "CA1", CallStatus: "ringing" };
  expect(keyOf(ringing, undefined, { route: "call_status" }).key).not.toBe(
    key({ ...ringing, Direction: "inbound" }),
  );
});

test("results that end with a call have keys of their own, and none is the key of its last status", () => {
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

test("a reason that comes without the address of a fallback belongs to what is told", () => {
  const failed = { CallSid: "CA1", CallStatus: "failed" };
  expect(key(failed)).not.toBe(key({ ...failed, ErrorCode: "13224" }));
  expect(
    keyOf({ CallSid: "CA1", RecordingUrl: "u", ErrorCode: "0" }, "token").identicalWebhook,
  ).not.toBeNull();
});

test("requests with names of their own are told apart by all parameters and the token, whatever SID they name", () => {
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

test("nothing that Twilio tells of a message or a call that rings is a name of a flow's own", () => {
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

test("a message stays one, also where the address of a number that is set to GET has names of its own", () => {
  const message = { MessageSid: "SM1", Body: "hi", ApiVersion: "2010-04-01", house: "1" };
  expect(keyOf(message, "token", { isPost: false })).toMatchObject({
    key: "SM1:received",
    identicalWebhook: null,
  });
});

test("so does a call that rings", () => {
  const call = { CallSid: "CA1", CallStatus: "ringing", Direction: "inbound" };
  const ringing = { ...call, ApiVersion: "2010-04-01", house: "1" };
  expect(keyOf(ringing, "token", { isPost: false })).toMatchObject({
    key: "CA1:ringing",
    identicalWebhook: null,
  });
});

test("what a flow sends by GET is told apart as what it sends by POST", () => {
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

test("nothing is entered twice on a call that is over", () => {
  expect(
    keyOf({ CallSid: "CA1", CallStatus: "completed", Digits: "1" }, "token").identicalWebhook,
  ).toBeNull();
});
