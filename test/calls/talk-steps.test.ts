import { expect, test } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { checkTwiml } from "../twilio-simulator/twiml/check-twiml.ts";
import { startTalkHouse } from "./talk-house.ts";

const CALLER = { from: THEIRS, to: OURS };

test.each([
  ["markup and quotation marks", `<b>"Tom" & 'Jerry'</b> &amp; <!-- -->`],
  ["emoji", "🏠👨‍👩‍👧‍👦 ☎️"],
  ["control characters", "one\u0000two\u0007three\uFFFE"],
  ["half a character", "a\uD83D b"],
  ["line breaks", "one\r\ntwo\n\nthree"],
])("%s in the text of a step neither make the step fail nor break its TwiML", async (_what, text) => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  expect(await house.talk(call.sid, { say: text, then: "hang_up" })).toMatchObject({ ok: true });
  await call.over();
  expect(call.notes).toEqual([]);
  expect(call.documents.flatMap((document) => checkTwiml(document))).toEqual([]);
});

test("a step speaks a text of 5,000 characters completely, in parts that are short enough for every voice", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const text = "All work and no play. ".repeat(228).trim();
  await house.talk(call.sid, { say: text, voice: "Polly.Vicki", language: "de-DE", then: "hang_up" });
  await call.over();
  expect(call.said.length).toBeGreaterThan(1);
  expect(call.said.every((part) => part.length <= 3_000)).toBe(true);
  expect(call.said.join(" ")).toBe(text);
  expect(call.notes).toEqual([]);
});

test("a step with 10,000 characters that must be escaped gives TwiML that is short enough for Twilio", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  expect(await house.talk(call.sid, { say: "&".repeat(10_000), then: "hang_up" })).toMatchObject({
    ok: true,
  });
  await call.over();
  expect(call.notes).toEqual([]);
});

test.each([
  [{}, "enter say, play, ask"],
  [{ say: "a".repeat(10_001) }, "10000 characters"],
  [{ say: "a".repeat(2_001), repeat: 5 }, "all repetitions together"],
  [{ say: "Hi", play: "https://example.com/a.mp3" }, "cannot be combined with play"],
  [{ say: "Hi", ask: "digits", record: true }, "at most one of"],
  [{ say: "Hi", then: "reject" }, "cannot be combined"],
  [{ ask: "digits", digits: 0 }, "a whole number from 1 to 32"],
  [{ ask: "digits", finish_on_key: "12" }, "one of 0 to 9"],
  [{ say: "Hi", hold_seconds: 11 }, "a whole number from 1 to 10"],
  [{ say: "Hi", silence_seconds: 0 }, "a whole number from 1 to 600"],
  [{ forward_to: "Nobody at all" }, "forward_to"],
  [{ forward_to: "whatsapp:+12125550199" }, "must be a telephone number"],
  [{ say: "Hi", loud: true }, "loud"],
])("the step %j is refused, the result says why, and the caller stays on the line", async (step, reason) => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const { ok, error } = await house.talk(call.sid, step);
  expect({ ok, error }).toMatchObject({
    ok: false,
    error: { code: "invalid", message: expect.stringContaining(reason) },
  });
  expect(call.state).toBe("ringing");
});

test("a step whose sound cannot be fetched fails, and the next step plays", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  expect(await house.talk(call.sid, { play: "media-source://nowhere/nothing.mp3" })).toMatchObject({
    ok: false,
    error: { code: expect.any(String) },
  });
  expect(await house.talk(call.sid, { say: "Never mind.", then: "hang_up" })).toMatchObject({ ok: true });
});

test("a step whose `timeout` is over fails, and the caller waits for the next step", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  house.request({
    request_id: "short",
    command: "talk",
    timeout: 1,
    payload: { call: call.sid, say: "PIN?", ask: "digits" },
  });
  await call.until(() => call.waitingFor === "gather");
  house.advance(1_000);
  expect(await house.result("short")).toMatchObject({ ok: false, error: { code: "timeout" } });
  await call.press("1#");
  expect(await house.talk(call.sid, { say: "Bye.", then: "hang_up" })).toMatchObject({ ok: true });
});

test("the log contains neither the input of callers nor the texts of steps, at any log level", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const step = house.talk(call.sid, { say: "Top secret question", ask: "either", digits: 9 });
  await call.until(() => call.waitingFor === "gather");
  await call.press("864297531");
  await step;
  const spoken = house.talk(call.sid, { say: "And now", ask: "speech" });
  await call.until(() => call.waitingFor === "gather");
  await call.speak("open sesame");
  await spoken;
  const log = house.app.lines.join("\n");
  for (const secret of ["864297531", "open sesame", "Top secret", THEIRS]) expect(log).not.toContain(secret);
});

test("the result of a step contains at most 4,000 characters of the caller's input", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const step = house.talk(call.sid, { ask: "speech" });
  await call.until(() => call.waitingFor === "gather");
  await call.speak("blah ".repeat(5_000));
  expect(String((await step)["input"]).length).toBeLessThanOrEqual(4_000);
});

test("if fifty callers talk at the same time, each automation gets the input of its own caller", async () => {
  await using house = await startTalkHouse();
  const talks = Array.from({ length: 50 }, async (_, n) => {
    const call = await house.twilio.ring({ from: `+1212555${String(1_000 + n)}`, to: OURS });
    const first = house.talk(call.sid, { say: `Question ${n}`, ask: "digits", digits: 4 }, `first_${n}`);
    await call.until(() => call.waitingFor === "gather");
    await call.press(String(1_000 + n));
    const { input } = await first;
    await house.talk(call.sid, { say: `You said ${String(input)}`, then: "hang_up" }, `second_${n}`);
    await call.over();
    return call.said;
  });
  expect(await Promise.all(talks)).toEqual(
    Array.from({ length: 50 }, (_, n) => [`Question ${n}`, `You said ${1_000 + n}`]),
  );
});
