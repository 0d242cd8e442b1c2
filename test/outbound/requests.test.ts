import { expect, test, vi } from "vitest";

import { createTestClock } from "../app/create-test-clock.ts";
import { OURS, startHouse, THEIRS } from "../app/start-house.ts";

const REQUEST = {
  request_id: "req_1",
  command: "send_message",
  payload: { to: THEIRS, message: "The gate is open" },
};

async function settles(check: () => void): Promise<void> {
  await vi.waitFor(check, { interval: 5 });
}

test("a request that an automation fires as `twilio_request` is sent and gets one `twilio_result`", async () => {
  await using house = await startHouse();
  house.request(REQUEST);
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  const [message] = house.twilio.messages();
  expect(message).toMatchObject({ to: THEIRS, from: OURS, body: "The gate is open" });
  expect(house.fired("twilio_result")[0]).toMatchObject({
    request_id: "req_1",
    command: "send_message",
    ok: true,
    error: null,
    sid: message?.sid,
    recipients: [{ to: THEIRS, sid: message?.sid, status: "queued", segments: 1, error: null }],
  });
  expect(house.twilio.violations()).toEqual([]);
});

test("a request with a repeated request_id gets the same result again and sends nothing", async () => {
  await using house = await startHouse();
  house.request(REQUEST);
  house.request(REQUEST);
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  house.request({ ...REQUEST, timeout: 3, payload: { message: "The gate is open", to: THEIRS } });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(2));
  await house.app.restart();
  await settles(() => expect(house.home.listensTo("twilio_request")).toBe(true));
  house.request(REQUEST);
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(3));
  const [first, ...again] = house.fired("twilio_result");
  expect(again).toEqual([first, first]);
  expect(house.twilio.messages()).toHaveLength(1);
});

test("a request with a used request_id and another payload is refused as id_reused", async () => {
  await using house = await startHouse();
  house.request(REQUEST);
  house.request({ ...REQUEST, payload: { ...REQUEST.payload, message: "The gate is shut" } });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(2));
  expect(house.fired("twilio_result")).toContainEqual(
    expect.objectContaining({
      request_id: "req_1",
      ok: false,
      error: expect.objectContaining({ code: "id_reused" }),
    }),
  );
  expect(house.twilio.messages()).toHaveLength(1);
});

test("without a request_id, each event counts as a separate request", async () => {
  await using house = await startHouse();
  const { request_id: _id, ...rest } = REQUEST;
  house.request(rest);
  house.request(rest);
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(2));
  expect(house.twilio.messages()).toHaveLength(2);
});

test.each([
  ["a missing recipient", { payload: { message: "hi" } }, /\bto(\.\d+)?: /],
  ["an empty list of recipients", { payload: { to: [], message: "hi" } }, /\bto: is missing: enter/],
  ["a missing text", { payload: { to: THEIRS } }, /\bmessage: /],
  ["an empty text", { payload: { to: THEIRS, message: " " } }, /\bmessage: is missing: enter/],
  ["an unknown field", { payload: { to: THEIRS, message: "hi", colour: "red" } }, /colour/],
  ["an unknown command", { command: "send_pigeon" }, /command/],
  ["an invalid timeout", { timeout: "soon" }, /timeout/],
  ["a name that is too long", { payload: { to: "x".repeat(201), message: "hi" } }, /\bto(\.\d+)?: /],
  [
    "more recipients than a result can name",
    { payload: { to: Array.from({ length: 1001 }, () => THEIRS), message: "hi" } },
    /\bto(\.\d+)?: /,
  ],
])("a request with %s is refused with the fault, and nothing is sent", async (_what, over, reason) => {
  await using house = await startHouse();
  house.request({ ...REQUEST, ...over });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  expect(house.fired("twilio_result")[0]).toMatchObject({
    request_id: "req_1",
    ok: false,
    error: { code: "invalid", message: expect.stringMatching(reason) },
  });
  expect(house.posts()).toBe(0);
});

test("the timeout of a request may have a fraction, such as the remaining time of a script", async () => {
  await using house = await startHouse();
  house.request({ ...REQUEST, timeout: 17.998_37 });
  await settles(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
});

test.each([null, ""])("a request's timeout counts as missing if a template made it %o", async (timeout) => {
  await using house = await startHouse();
  house.request({ ...REQUEST, timeout });
  await settles(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
});

test("a request whose timeout is over fails with `timeout` and is never sent", async () => {
  await using house = await startHouse();
  house.request({ ...REQUEST, timeout: 0 });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  expect(house.fired("twilio_result")[0]).toMatchObject({ ok: false, error: { code: "timeout" } });
  expect(house.posts()).toBe(0);
});

test("without default_sender and with several numbers, a request is refused with the list of the account's numbers", async () => {
  const numbers = [OURS, "+15005550010"];
  {
    await using house = await startHouse({}, { numbers });
    house.request(REQUEST);
    await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
    expect(house.fired("twilio_result")[0]).toMatchObject({
      error: { code: "no_sender", message: expect.stringContaining(numbers.join(", ")) },
    });
  }
  await using house = await startHouse({ default_sender: numbers[1] }, { numbers });
  house.request(REQUEST);
  await settles(() => expect(house.twilio.messages()).toMatchObject([{ from: numbers[1] }]));
});

test("a status callback fires one twilio_message_status, which contains the request_id of the message", async () => {
  await using house = await startHouse();
  house.request(REQUEST);
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  const sid = house.twilio.messages()[0]?.sid ?? "";
  expect(await house.twilio.advanceMessage(sid, "delivered")).toBe(204);
  expect(await house.twilio.advanceMessage(sid, "delivered")).toBe(204);
  await settles(() => expect(house.fired("twilio_message_status")).toHaveLength(1));
  expect(house.fired("twilio_message_status")[0]).toMatchObject({
    message_sid: sid,
    status: "delivered",
    to: THEIRS,
    from: OURS,
    request_id: "req_1",
    error: null,
  });
  expect(house.fired("twilio_data_received")).toEqual([]);
});

test("if Twilio's answer does not come while a message is sent, a status callback shows that Twilio has sent it", async () => {
  const clock = createTestClock();
  await using house = await startHouse({ default_sender: OURS }, {}, { clock });
  using time = clock.stop();
  house.twilio.failNext({ kind: "hang" });
  house.twilio.failNext({ kind: "status", status: 503 }, 50, "GET");
  house.request({ ...REQUEST, timeout: 60 });
  await settles(() => expect(house.twilio.messages()).toHaveLength(1));
  await house.twilio.advanceMessage(house.twilio.messages()[0]?.sid ?? "", "sent");
  await settles(() => expect(house.fired("twilio_message_status")).toMatchObject([{ request_id: "req_1" }]));
  time.advance(60_000);
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  const [{ sid } = { sid: null }] = house.twilio.messages();
  expect(house.fired("twilio_result")[0]).toMatchObject({ ok: true, sid, error: null });
});

test.each([
  ["the connection breaks", { kind: "reset-after-acting" }],
  ["Twilio answers 500", { kind: "status-after-acting", status: 500 }],
] as const)("if Twilio creates a message but %s, the app looks the message up", async (_name, fault) => {
  for (const trial of [false, true]) {
    await using house = await startHouse({}, { trial });
    house.twilio.failNext(fault);
    house.request(REQUEST);
    await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
    expect(house.fired("twilio_result")[0]).toMatchObject({
      ok: true,
      sid: house.twilio.messages()[0]?.sid,
    });
    expect(house.posts()).toBe(1);
  }
});

test("two identical messages at the same time get their own SIDs, even if Twilio's answer to the first was unclear", async () => {
  await using house = await startHouse();
  house.twilio.failNext({ kind: "reset-after-acting" });
  house.request(REQUEST);
  house.request({ ...REQUEST, request_id: "req_2" });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(2));
  const sids = house.fired("twilio_result").map(({ ok, sid }) => (ok === true ? sid : null));
  expect(new Set(sids)).toEqual(new Set(house.twilio.messages().map(({ sid }) => sid)));
  expect(house.posts()).toBe(2);
});

test("if Twilio created no message, the outcome stays unknown, even if an identical message was sent before and after", async () => {
  await using house = await startHouse();
  house.request({ ...REQUEST, request_id: "before" });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  house.twilio.failNext({ kind: "reset-before-acting" });
  house.request(REQUEST);
  house.request({ ...REQUEST, request_id: "after" });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(3));
  const codes = Object.fromEntries(
    house
      .fired("twilio_result")
      .map(({ request_id: id, error }) => [id, (error as { code: string } | null)?.code]),
  );
  expect(codes).toEqual({ before: undefined, req_1: "unknown_outcome", after: undefined });
  expect(house.twilio.messages()).toHaveLength(2);
});

test("a request waits while Twilio cannot be reached, and is sent only once when Twilio can be reached", async () => {
  await using house = await startHouse();
  const listenAgain = await house.twilio.refuseConnections();
  house.request(REQUEST);
  await settles(() => expect(house.app.lines.join("\n")).toContain("The app tries again in"));
  await listenAgain();
  await settles(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
  expect(house.twilio.messages()).toHaveLength(1);
});

test("deliveries above the daily limit are refused, and all notifications about that have the same ID", async () => {
  await using house = await startHouse({ limits: { messages_per_day: 2, calls_per_day: 1 } });
  house.request({ ...REQUEST, payload: { to: [THEIRS, "+12125550124", "+12125550125"], message: "hi" } });
  house.request({ ...REQUEST, request_id: "req_2" });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(2));
  for (const result of house.fired("twilio_result"))
    expect(result).toMatchObject({ ok: false, error: { code: "limit_reached" } });
  expect(house.twilio.messages()).toHaveLength(2);
  const raised = house.home.called.filter(({ service }) => service === "create");
  expect(new Set(raised.map(({ data }) => (data as { notification_id: string }).notification_id))).toEqual(
    new Set(["twilio_limit_reached"]),
  );
});

test("an automation that keeps sending above the daily limit causes no notification about single failures", async () => {
  await using house = await startHouse({
    limits: { messages_per_day: 1, calls_per_day: 1 },
    notifiers: [{ name: "sms", type: "sms", from_number: OURS }],
  });
  const data = { domain: "notify", service: "sms", service_data: { message: "hi", target: THEIRS } };
  for (let n = 0; n < 4; n += 1) house.home.emit("call_service", data);
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(4));
  await settles(() => expect(JSON.stringify(house.home.called)).toContain("twilio_limit_reached"));
  const raised = house.home.called.filter(({ service }) => service === "create");
  expect(
    raised.map(({ data: shown }) => (shown as { notification_id: string }).notification_id),
  ).not.toContainEqual(expect.stringContaining("twilio_failed"));
  expect(house.posts()).toBe(1);
});

test("a request before Home Assistant runs is stored, and sent only once when it runs, even after a restart of the app", async () => {
  await using house = await startHouse();
  house.home.behaviour.state = "STARTING";
  house.home.disconnect();
  await settles(() => expect(house.home.connections()).toBe(2));
  await settles(() => expect(house.home.listensTo("twilio_request")).toBe(true));
  house.request(REQUEST);
  await new Promise((resolve) => setImmediate(resolve));
  await house.app.restart(() => Promise.resolve(void (house.home.behaviour.state = "RUNNING")));
  await settles(() =>
    expect(house.fired("twilio_result")).toMatchObject([{ request_id: "req_1", ok: true }]),
  );
  expect(house.twilio.messages()).toHaveLength(1);
});
