import { expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "./start-house.ts";
import type { TestHouse } from "./start-house.ts";

type Result = Readonly<Record<string, unknown>>;

async function result(house: TestHouse): Promise<Result> {
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(1), {
    timeout: 8_000,
    interval: 5,
  });
  return house.fired("twilio_result")[0] ?? {};
}

/** The SID of what was sent or called, as soon as Twilio has it. */
async function sidOf(house: TestHouse): Promise<string> {
  const made = () => [...house.twilio.messages(), ...house.twilio.calls()];
  await vi.waitFor(() => expect(made()).toHaveLength(1), { timeout: 8_000, interval: 5 });
  return made()[0]?.sid ?? "";
}

const message = (over: object = {}) => ({
  request_id: "r",
  command: "send_message",
  timeout: 20,
  payload: { to: THEIRS, message: "hi", ...over },
});
const call = (over: object = {}) => ({
  request_id: "r",
  command: "make_call",
  timeout: 20,
  payload: { to: THEIRS, say: "Fire!", ...over },
});

test("wait_for: delivered waits for Twilio's report, and not for less", async () => {
  await using house = await startHouse();
  house.request(message({ wait_for: "delivered" }));
  const sid = await sidOf(house);
  expect(await house.twilio.advanceMessage(sid, "sent")).toBe(204);
  await vi.waitFor(() => expect(house.fired("twilio_message_status")).toHaveLength(1));
  expect(house.fired("twilio_result")).toEqual([]);
  await house.twilio.advanceMessage(sid, "delivered");
  expect(await result(house)).toMatchObject({ ok: true, sid, status: "delivered", error: null });
});

test("where no callback can reach the app it asks Twilio instead", async () => {
  await using house = await startHouse();
  house.twilio.routeCallbacks("https://home.example", "http://127.0.0.1:9");
  house.request(message({ wait_for: "delivered" }));
  const sid = await sidOf(house);
  await house.twilio.advanceMessage(sid, "delivered").catch(() => undefined);
  expect(await result(house)).toMatchObject({ ok: true, sid, status: "delivered" });
});

test("a message that cannot be delivered fails with Twilio's error", async () => {
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

test("what Twilio has and has not delivered in time is a timeout with its SID and status", async () => {
  await using house = await startHouse();
  house.request({ ...message({ wait_for: "delivered" }), timeout: 0.5 });
  const sid = await sidOf(house);
  await house.twilio.advanceMessage(sid, "sent");
  expect(await result(house)).toMatchObject({ ok: false, sid, status: "sent", error: { code: "timeout" } });
});

test("statuses never go backwards", async () => {
  await using house = await startHouse();
  house.request(message());
  const sid = await sidOf(house);
  for (const status of ["sent", "delivered", "sending", "queued"])
    await house.twilio.advanceMessage(sid, status);
  house.request(message());
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(2));
  expect(house.fired("twilio_message_status").map(({ status }) => status)).toEqual(["sent", "delivered"]);
});

test("what is for one recipient does not wait until the one before is delivered", async () => {
  await using house = await startHouse();
  house.request(message({ wait_for: "delivered" }));
  house.request({ ...message(), request_id: "next" });
  expect(await result(house)).toMatchObject({ request_id: "next", ok: true });
});

test("a wait survives a restart of the app", async () => {
  await using house = await startHouse();
  house.request(message({ wait_for: "delivered" }));
  const sid = await sidOf(house);
  await vi.waitFor(() => expect(house.app.lines.join("\n")).not.toContain("looking up"));
  await house.app.restart();
  await house.twilio.advanceMessage(sid, "delivered");
  expect(await result(house)).toMatchObject({ ok: true, sid, status: "delivered" });
  expect(house.posts()).toBe(1);
});

test("a call is made with all that was asked for", async () => {
  await using house = await startHouse();
  house.request(
    call({
      voice: "Polly.Vicki",
      language: "de-DE",
      repeat: 2,
      ring_seconds: 20,
      detect_machine: true,
      record: true,
    }),
  );
  expect(await result(house)).toMatchObject({ command: "make_call", ok: true, status: "queued" });
  expect(house.twilio.requests()[0]?.form).toMatchObject({
    To: THEIRS,
    From: OURS,
    Timeout: "20",
    MachineDetection: "Enable",
    Record: "true",
    Twiml: expect.stringContaining('<Say language="de-DE" voice="Polly.Vicki" loop="2">Fire!</Say>'),
  });
  expect(house.twilio.violations()).toEqual([]);
});

test.each([
  [
    { play: "https://x.example/siren.mp3", say: undefined },
    { Twiml: expect.stringContaining("<Play>https://x") },
  ],
  [{ twiml: "<Response><Pause/></Response>", say: undefined }, { Twiml: "<Response><Pause/></Response>" }],
  [{ twiml_url: "https://x.example/t.xml", say: undefined }, { Url: "https://x.example/t.xml" }],
])("a call can be %o", async (payload, form) => {
  await using house = await startHouse();
  house.request(call(payload));
  expect(await result(house)).toMatchObject({ ok: true });
  expect(house.twilio.requests()[0]?.form).toMatchObject(form);
});

test("wait_for: answered tells when somebody answers, completed when the call is over", async () => {
  await using house = await startHouse();
  house.request(call({ wait_for: "answered" }));
  const sid = await sidOf(house);
  await house.twilio.advanceCall(sid, "ringing");
  await house.twilio.advanceCall(sid, "in-progress");
  expect(await result(house)).toMatchObject({ ok: true, sid, status: "in-progress" });
});

test("a machine that answers has answered, and is told", async () => {
  await using house = await startHouse();
  house.request(call({ wait_for: "answered", detect_machine: true }));
  const sid = await sidOf(house);
  await house.twilio.advanceCall(sid, "in-progress", { answeredBy: "machine_start" });
  expect(await result(house)).toMatchObject({ ok: true, answered_by: "machine_start" });
});

test("a call that is over has its duration", async () => {
  await using house = await startHouse();
  house.request(call({ wait_for: "completed" }));
  const sid = await sidOf(house);
  await house.twilio.advanceCall(sid, "completed", { duration: 17 });
  expect(await result(house)).toMatchObject({ ok: true, status: "completed", duration: 17 });
});

test.each(["busy", "no-answer", "failed", "canceled"])(
  "a call that ends as %s failed, with that as its code",
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
    "WhatsApp",
    { channel: "whatsapp", sender: "+14155238886" },
    { To: `whatsapp:${THEIRS}`, From: "whatsapp:+14155238886" },
  ],
  ["a validity", { valid_for: 300 }, { ValidityPeriod: "300" }],
  ["a sender without its +", { sender: 15005550006 }, { From: OURS }],
  ["numbers and truths where texts are meant", { message: 42 }, { Body: "42" }],
])("a message can have %s", async (_what, payload, form) => {
  await using house = await startHouse({}, { numbers: [OURS, "whatsapp:+14155238886"] });
  house.request(message({ sender: OURS, ...payload }));
  await result(house);
  expect(house.twilio.requests()[0]?.form).toMatchObject(form);
  expect(house.twilio.violations()).toEqual([]);
});

test("a message can be sent later, in the house's own time, by a Messaging Service", async () => {
  await using house = await startHouse();
  const at = new Date(Date.now() + 3 * 3_600_000).toISOString();
  house.request(message({ sender: `MG${"a".repeat(32)}`, send_at: at }));
  expect(await result(house)).toMatchObject({ ok: true });
  expect(house.twilio.requests()[0]?.form).toMatchObject({
    ScheduleType: "fixed",
    SendAt: at.replace(/\.\d+/, ""),
  });
});

test.each([
  ["1,601 characters", { message: "x".repeat(1601) }, /payload\.message: has 1601 characters/],
  [
    "11 media",
    { media: Array.from({ length: 11 }, () => "https://x.example/a.jpg") },
    /payload\.media: holds more than 10/,
  ],
  ["media that is none", { media: "door.jpg" }, /payload\.media/],
  ["a send_at that has passed", { send_at: "2020-01-01 08:00:00" }, /payload\.send_at: has passed/],
  [
    "a send_at without a service",
    { send_at: new Date(Date.now() + 3_600_000).toISOString() },
    /payload\.send_at: needs a Messaging Service/,
  ],
  ["variables without a template", { content_variables: { 1: "x" } }, /payload\.content_variables/],
  ["a wait that is a call's", { wait_for: "answered" }, /payload\.wait_for/],
])("%s: nothing is sent and the field is named", async (_what, payload, reason) => {
  await using house = await startHouse();
  house.request(message(payload));
  expect(await result(house)).toMatchObject({
    ok: false,
    error: { code: "invalid", message: expect.stringMatching(reason) },
  });
  expect(house.posts()).toBe(0);
});

test.each([
  ["neither text nor sound", { say: null }, /exactly one of say, play, twiml, twiml_url/],
  ["both", { play: "https://x.example/a.mp3" }, /exactly one of/],
  ["ringing for a day", { ring_seconds: 86_400 }, /payload\.ring_seconds: must be 5 to 600/],
])("a call with %s is not made and the field is named", async (_what, payload, reason) => {
  await using house = await startHouse();
  house.request(call(payload));
  expect(await result(house)).toMatchObject({
    ok: false,
    error: { code: "invalid", message: expect.stringMatching(reason) },
  });
  expect(house.posts()).toBe(0);
});
