import { expect, test } from "vitest";

import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import { call, message, result } from "./script-requests.ts";

test("a call is made at Twilio with all fields of the request", async () => {
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
  [{ send_digits: " 'wW01*#AD' " }, { SendDigits: "wW01*#AD" }],
  [{ send_digits: 12 }, { SendDigits: "12" }],
])("the call that the payload %o describes is made at Twilio", async (payload, form) => {
  await using house = await startHouse();
  house.request(call(payload));
  expect(await result(house)).toMatchObject({ ok: true });
  expect(house.twilio.requests()[0]?.form).toMatchObject(form);
});

test("a Messaging Service can send a message later, at the time in `send_at`", async () => {
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
  ["1,601 characters", { message: "x".repeat(1601) }, /\bmessage: has 1601 characters/],
  [
    "11 media",
    { media: Array.from({ length: 11 }, () => "https://x.example/a.jpg") },
    /\bmedia: must not contain more than 10/,
  ],
  ["media that is not a URL", { media: "door.jpg" }, /\bmedia(\.\d+)?: /],
  ["no text and an empty list of media", { message: null, media: [] }, /\bmessage: is missing/],
  ["no recipient", { to: null }, /\bto: is missing/],
  ["a send_at in the past", { send_at: "2020-01-01 08:00:00" }, /\bsend_at: is in the past/],
  [
    "a send_at without a Messaging Service",
    { send_at: new Date(Date.now() + 3_600_000).toISOString() },
    /\bsend_at: needs a Messaging Service/,
  ],
  [
    "content_variables without content_sid",
    { content_variables: { 1: "x" } },
    /\bcontent_variables(\.\w+)?: /,
  ],
  ["a wait_for that only calls have", { wait_for: "answered" }, /\bwait_for: /],
])("a message with %s is not sent, and the error names the field", async (_what, payload, reason) => {
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
  ["both text and sound", { play: "https://x.example/a.mp3" }, /exactly one of/],
  [
    "a ringing time of a day",
    { ring_seconds: 86_400 },
    /\bring_seconds: must be a whole number from 5 to 600/,
  ],
  ["letters to dial", { send_digits: "12;34" }, /\bsend_digits: may contain only 0 to 9/],
  [
    "33 keys to dial",
    { send_digits: "1".repeat(33) },
    /\bsend_digits: must not be longer than 32 characters/,
  ],
  [
    "keys to dial and the detection of machines",
    { send_digits: "12", detect_machine: true },
    /\bsend_digits: cannot be combined with detect_machine/,
  ],
])("a call with %s is not made, and the error names the field", async (_what, payload, reason) => {
  await using house = await startHouse();
  house.request(call(payload));
  expect(await result(house)).toMatchObject({
    ok: false,
    error: { code: "invalid", message: expect.stringMatching(reason) },
  });
  expect(house.posts()).toBe(0);
});
