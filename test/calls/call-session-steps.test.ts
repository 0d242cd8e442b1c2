import { describe, expect, test } from "vitest";

import { ASK_DIGITS, TERMS, resultWith, startTestSession } from "./start-test-session.ts";

const SILENCE = { kind: "silent" } as const;

describe("an incoming call", () => {
  test("receives the first step that is sent while it is held", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    await call.pass(2_999);
    expect(ring.answer).toBeNull();
    const step = await call.send();
    expect(ring.answer).toMatchObject({ kind: "step", stepId: step.stepId, attempt: 1, turn: 1 });
    expect(step).toMatchObject({ refusal: null, timesSent: 1, result: null });
  });

  test("receives at once a step that was sent before it rang", async () => {
    const call = startTestSession();
    const step = await call.send();
    expect(await call.arrive()).toMatchObject({ answer: { kind: "step", stepId: step.stepId } });
  });

  test("gets the fallback of `otherwise` as soon as the wait for a first step is over", async () => {
    const call = startTestSession();
    const ring = await call.arrive({ waitMs: 3_000 });
    await call.pass(2_999);
    expect(ring.answer).toBeNull();
    await call.pass(1);
    expect(ring.answer).toEqual({ kind: "fallback", askedAs: "ringing" });
    expect(call.endings).toEqual(["app"]);
  });

  test.each(["arrived", "result"] as const)(
    "gets the fallback for a call in the state `%s`, which its webhook reported",
    async (question) => {
      const call = startTestSession();
      const arrival = await call.arrive({ question });
      await call.pass(3_000);
      expect(arrival.answer).toEqual({ kind: "fallback", askedAs: question });
    },
  );
});

describe("a call that an automation controls, and that other TwiML redirects to the app", () => {
  test("is held as between two steps, and does not get the fallback of `otherwise`", async () => {
    const call = startTestSession();
    await call.send({}, { deadline: call.now() + 1_000 });
    await call.arrive();
    await call.pass(1_000);
    const arrival = await call.arrive({ question: "arrived", waitMs: 3_000 });
    await call.pass(7_999);
    expect(arrival.answer).toBeNull();
    await call.pass(1);
    expect(arrival.answer).toMatchObject({ kind: "hold" });
  });

  test("begins its time of silence with the redirect", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, silenceSeconds: 10 } });
    await call.comeBack(await call.arrive());
    await call.pass(9_000);
    const arrival = await call.arrive({ question: "arrived" });
    await call.pass(8_000);
    expect(arrival.answer).toMatchObject({ kind: "hold" });
  });
});

describe("between two steps", () => {
  test("the webhook is held for `hold_seconds`, and then Twilio pauses and asks again", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, holdSeconds: 5 } });
    const held = await call.comeBack(await call.arrive());
    await call.pass(4_999);
    expect(held.answer).toBeNull();
    await call.pass(1);
    expect(held.answer).toMatchObject({ kind: "hold", pauseSeconds: 1, terms: { holdSeconds: 5 } });
    expect(await call.comeBack(held)).toMatchObject({ answer: null });
  });

  test("`hold_seconds` of the latest step apply, not those of the step before", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, holdSeconds: 9 } });
    const first = await call.arrive();
    const question = { ...call.webhookAfter(first), terms: { ...TERMS, holdSeconds: 2 } };
    const held = await call.answer(question);
    await call.pass(8_999);
    expect(held.answer).toBeNull();
    await call.pass(1);
    expect(held.answer).toMatchObject({ kind: "hold" });
  });

  test("a step that is sent while the webhook is held plays at once", async () => {
    const call = startTestSession();
    await call.send();
    const held = await call.comeBack(await call.arrive());
    await call.pass(7_000);
    const next = await call.send();
    expect(held.answer).toMatchObject({ kind: "step", stepId: next.stepId, turn: 2 });
  });

  test("a step that is sent while Twilio pauses plays after the pause", async () => {
    const call = startTestSession();
    await call.send();
    const held = await call.comeBack(await call.arrive());
    await call.pass(8_000);
    const next = await call.send();
    expect(await call.comeBack(held)).toMatchObject({ answer: { kind: "step", stepId: next.stepId } });
  });

  test("the terms of the latest step apply", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, language: "de-DE" } });
    const ring = await call.arrive();
    expect(ring.answer).toMatchObject({ terms: { language: "de-DE" } });
    const held = await call.comeBack(ring);
    await call.pass(8_000);
    expect(held.answer).toMatchObject({ kind: "hold", terms: { language: "de-DE" } });
  });
});

describe("a step that asks", () => {
  test("ends with the input, and the call is held for the next step", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    const held = await call.comeBack(await call.arrive(), { Digits: "0042" });
    expect(step).toMatchObject({ result: resultWith({ input: "0042" }), error: null });
    expect(held.answer).toBeNull();
  });

  test("is repeated after an empty input, as often as `repeat` says", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS, repeat: 3 });
    const first = await call.arrive();
    const second = await call.comeBack(first, { Digits: "" });
    expect(second.answer).toMatchObject({ kind: "step", stepId: step.stepId, attempt: 2 });
    const third = await call.comeBack(second);
    expect(third.answer).toMatchObject({ kind: "step", stepId: step.stepId, attempt: 3 });
    expect(step.result).toBeNull();
    await call.comeBack(third);
    expect(step).toMatchObject({ result: resultWith({ input: "" }), error: null });
  });

  test("is not repeated after an input", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS, repeat: 3 });
    await call.comeBack(await call.arrive(), { Digits: "1" });
    expect(step.result).toMatchObject({ input: "1" });
  });

  test("is not repeated after the caller has hung up", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS, repeat: 3 });
    const gone = await call.comeBack(await call.arrive(), { CallStatus: "completed" });
    expect(gone.answer).toEqual({ kind: "hang_up" });
    expect(step).toMatchObject({ result: resultWith({ ended: "caller" }), error: null });
    expect(call.endings).toEqual(["caller"]);
  });
});

describe("`then`", () => {
  test("`hang_up` ends the call after the step, and the result says that the app did", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS, afterwards: "hang_up" });
    const last = await call.comeBack(await call.arrive(), { Digits: "7" });
    expect(last.answer).toEqual({ kind: "hang_up" });
    expect(step.result).toEqual(resultWith({ input: "7", ended: "app" }));
    expect(call.endings).toEqual(["app"]);
  });

  test("`hang_up` in a silent step ends the step with the call, because Twilio sends no webhook afterwards", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({ speech: SILENCE, afterwards: "hang_up" });
    expect(ring.answer).toEqual({ kind: "hang_up" });
    expect(step.result).toEqual(resultWith({ ended: "app" }));
  });

  test("`reject` gives the caller of an unanswered call the busy tone", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({ speech: SILENCE, afterwards: "reject" });
    expect(ring.answer).toEqual({ kind: "reject" });
    expect(step).toMatchObject({ result: resultWith({ ended: "app" }), error: null });
  });

  test("`reject` fails on an answered call, which continues", async () => {
    const call = startTestSession();
    await call.send();
    const held = await call.comeBack(await call.arrive());
    const step = await call.send({ speech: SILENCE, afterwards: "reject" });
    expect(step).toMatchObject({ result: resultWith({}), error: "call_answered" });
    const next = await call.send();
    expect(held.answer).toMatchObject({ kind: "step", stepId: next.stepId });
    expect(call.endings).toEqual([]);
  });

  test("`reject` fails on a call that arrived in progress", async () => {
    const call = startTestSession();
    await call.arrive({ question: "arrived" });
    expect(await call.send({ speech: SILENCE, afterwards: "reject" })).toMatchObject({
      error: "call_answered",
    });
  });

  test("`reject` fails on an outgoing call that was answered", async () => {
    const call = startTestSession();
    await call.answer(call.outgoing({ CallStatus: "in-progress" }));
    expect(await call.send({ speech: SILENCE, afterwards: "reject" })).toMatchObject({
      error: "call_answered",
    });
  });

  test("`wait` in a silent step ends the step at once, and the call is held for the next step", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({ speech: SILENCE });
    expect(step).toMatchObject({ result: resultWith({}), error: null });
    expect(ring.answer).toBeNull();
  });
});
