import { expect, test, vi } from "vitest";

import { createTestClock } from "../app/create-test-clock.ts";
import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import { call, message, result, sidOf } from "./script-requests.ts";

const MINUTE_MS = 60_000;

test("a message with `wait_for: delivered` gets its result when Twilio reports that the message was delivered", async () => {
  await using house = await startHouse();
  house.request(message({ wait_for: "delivered" }));
  const sid = await sidOf(house);
  expect(await house.twilio.advanceMessage(sid, "sent")).toBe(204);
  await vi.waitFor(() => expect(house.fired("twilio_message_status")).toHaveLength(1));
  expect(house.fired("twilio_result")).toEqual([]);
  await house.twilio.advanceMessage(sid, "delivered");
  expect(await result(house)).toMatchObject({ ok: true, sid, status: "delivered", error: null });
});

test("if Twilio's status callbacks cannot reach the app, the app asks Twilio for the status again and again", async () => {
  await using house = await startHouse();
  house.twilio.routeCallbacks("https://home.example", "http://127.0.0.1:9");
  house.request(message({ wait_for: "delivered" }));
  const sid = await sidOf(house);
  await house.twilio.advanceMessage(sid, "delivered").catch(() => undefined);
  expect(await result(house)).toMatchObject({ ok: true, sid, status: "delivered" });
});

test("a message with `wait_for: delivered` that cannot be delivered fails with Twilio's error", async () => {
  await using house = await startHouse();
  house.request(message({ wait_for: "delivered" }));
  const sid = await sidOf(house);
  await house.twilio.advanceMessage(sid, "undelivered", "30006");
  expect(await result(house)).toMatchObject({
    ok: false,
    sid,
    status: "undelivered",
    error: { code: "30006" },
  });
});

test("a message that is not delivered before its timeout fails with `timeout`, and the result has its SID and status", async () => {
  const clock = createTestClock();
  await using house = await startHouse({}, {}, { clock });
  using time = clock.stop();
  house.request({ ...message({ wait_for: "delivered" }), timeout: 60 });
  const sid = await sidOf(house);
  await house.twilio.advanceMessage(sid, "sent");
  time.advance(MINUTE_MS);
  expect(await result(house)).toMatchObject({ ok: false, sid, status: "sent", error: { code: "timeout" } });
});

test("an earlier status that arrives late does not replace a later status", async () => {
  await using house = await startHouse();
  house.request(message());
  const sid = await sidOf(house);
  for (const status of ["sent", "delivered", "sending", "queued"])
    await house.twilio.advanceMessage(sid, status);
  house.request(message());
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(2));
  expect(house.fired("twilio_message_status").map(({ status }) => status)).toEqual(["sent", "delivered"]);
});

test("a message is sent without waiting for an earlier message to the same recipient to be delivered", async () => {
  await using house = await startHouse();
  house.request(message({ wait_for: "delivered" }));
  house.request({ ...message(), request_id: "next" });
  expect(await result(house)).toMatchObject({ request_id: "next", ok: true });
});

test("a request that waits for its message's delivery still waits after a restart of the app", async () => {
  await using house = await startHouse();
  house.request(message({ wait_for: "delivered" }));
  const sid = await sidOf(house);
  await vi.waitFor(() => expect(house.app.lines.join("\n")).not.toContain("looking up"));
  await house.app.restart();
  await house.twilio.advanceMessage(sid, "delivered");
  expect(await result(house)).toMatchObject({ ok: true, sid, status: "delivered" });
  expect(house.posts()).toBe(1);
});

test("a status that the app has already read from Twilio still fires its event when the status callback comes", async () => {
  await using house = await startHouse();
  house.request(message({ wait_for: "delivered" }));
  const sid = await sidOf(house);
  const [sent] = house.twilio.messages();
  if (sent !== undefined) sent.status = "delivered";
  expect(await result(house)).toMatchObject({ ok: true, status: "delivered" });
  await house.twilio.advanceMessage(sid, "sent");
  await house.twilio.advanceMessage(sid, "delivered");
  await vi.waitFor(() =>
    expect(house.fired("twilio_message_status").map(({ status }) => status)).toEqual(["sent", "delivered"]),
  );
});

test("a repeated request gets its first result, even if its send_at is now too near for Twilio", async () => {
  const clock = createTestClock();
  await using house = await startHouse({}, {}, { clock });
  using time = clock.stop();
  const at = clock.now() + 20 * MINUTE_MS;
  const request = message({ sender: `MG${"a".repeat(32)}`, send_at: new Date(at).toISOString() });
  house.request(request);
  expect(await result(house)).toMatchObject({ ok: true });
  time.advance(10 * MINUTE_MS);
  house.request(request);
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(2));
  expect(house.fired("twilio_result")[1]).toEqual(house.fired("twilio_result")[0]);
});

test("a call with `wait_for: answered` gets its result when somebody answers", async () => {
  await using house = await startHouse();
  house.request(call({ wait_for: "answered" }));
  const sid = await sidOf(house);
  await house.twilio.advanceCall(sid, "ringing");
  await house.twilio.advanceCall(sid, "in-progress");
  expect(await result(house)).toMatchObject({ ok: true, sid, status: "in-progress" });
});

test("a call that a machine answers counts as answered, and its result says so", async () => {
  await using house = await startHouse();
  house.request(call({ wait_for: "answered", detect_machine: true }));
  const sid = await sidOf(house);
  await house.twilio.advanceCall(sid, "in-progress", { answeredBy: "machine_start" });
  expect(await result(house)).toMatchObject({ ok: true, answered_by: "machine_start" });
});

test("the result of a call with `wait_for: completed` contains the call's duration", async () => {
  await using house = await startHouse();
  house.request(call({ wait_for: "completed" }));
  const sid = await sidOf(house);
  await house.twilio.advanceCall(sid, "completed", { duration: 17 });
  expect(await result(house)).toMatchObject({ ok: true, status: "completed", duration: 17 });
});

test.each(["busy", "no-answer", "failed", "canceled"])(
  "a call that ends as %s fails with this status as its error code",
  async (status) => {
    await using house = await startHouse();
    house.request(call({ wait_for: "answered" }));
    await house.twilio.advanceCall(await sidOf(house), status);
    expect(await result(house)).toMatchObject({ ok: false, status, error: { code: status } });
  },
);

test.each([
  [
    "a template",
    { content_sid: `HX${"a".repeat(32)}`, content_variables: { 1: "Alice" }, message: null },
    { ContentSid: `HX${"a".repeat(32)}`, ContentVariables: '{"1":"Alice"}' },
  ],
  [
    "the channel WhatsApp",
    { channel: "whatsapp", sender: "+14155238886" },
    { To: `whatsapp:${THEIRS}`, From: "whatsapp:+14155238886" },
  ],
  [
    "a recipient on WhatsApp",
    { to: `whatsapp:${THEIRS}`, sender: OURS },
    { To: `whatsapp:${THEIRS}`, From: `whatsapp:${OURS}` },
  ],
  [
    "template values that are not texts",
    { content_sid: `HX${"a".repeat(32)}`, content_variables: { 1: 6, 2: null } },
    { ContentVariables: '{"1":"6"}' },
  ],
  ["a validity period", { valid_for: 300 }, { ValidityPeriod: "300" }],
  ["a sender without +", { sender: 15005550006 }, { From: OURS }],
  ["a number as message", { message: 42 }, { Body: "42" }],
])("the request to Twilio is correct if the action has %s", async (_what, payload, form) => {
  await using house = await startHouse({}, { numbers: [OURS, "whatsapp:+14155238886"] });
  house.request(message({ sender: OURS, ...payload }));
  await result(house);
  expect(house.twilio.requests()[0]?.form).toMatchObject(form);
  expect(house.twilio.violations()).toEqual([]);
});
