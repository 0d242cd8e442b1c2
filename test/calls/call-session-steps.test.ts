import { describe, expect, test } from "vitest";

import { ASK_DIGITS, TERMS, resultWith, startTestSession } from "./start-test-session.ts";

const SILENCE = { kind: "silent" } as const;

describe("an incoming call", () => {
  test("hears the first step that comes while it is held", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    await call.pass(2_999);
    expect(ring.answer).toBeNull();
    const step = await call.send();
    expect(ring.answer).toMatchObject({ kind: "step", stepId: step.stepId, attempt: 1, turn: 1 });
    expect(step).toMatchObject({ refusal: null, timesSent: 1, result: null });
  });

  test("hears at once a step that was sent before it rang", async () => {
    const call = startTestSession();
    const step = await call.send();
    expect(await call.arrive()).toMatchObject({ answer: { kind: "step", stepId: step.stepId } });
  });

  test("gets what `otherwise` says if no step comes in time, and no later", async () => {
    const call = startTestSession();
    const ring = await call.arrive({ waitMs: 3_000 });
    await call.pass(2_999);
    expect(ring.answer).toBeNull();
    await call.pass(1);
    expect(ring.answer).toEqual({ kind: "otherwise", askedAs: "ringing" });
    expect(call.endings).toEqual(["app"]);
  });

  test.each(["arrived", "result"] as const)("falls back as `%s` where it came so", async (question) => {
    const call = startTestSession();
    const arrival = await call.arrive({ question });
    await call.pass(3_000);
    expect(arrival.answer).toEqual({ kind: "otherwise", askedAs: question });
  });
});

describe("a call that an automation has taken, and that other TwiML leads here", () => {
  test("is held like between two steps: what `otherwise` says does not happen", async () => {
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

  test("has been heard until now", async () => {
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
  test("the call is held for `hold_seconds`, and then Twilio pauses and comes back", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, holdSeconds: 5 } });
    const held = await call.comeBack(await call.arrive());
    await call.pass(4_999);
    expect(held.answer).toBeNull();
    await call.pass(1);
    expect(held.answer).toMatchObject({ kind: "hold", pauseSeconds: 1, terms: { holdSeconds: 5 } });
    expect(await call.comeBack(held)).toMatchObject({ answer: null });
  });

  test("`hold_seconds` of the step that has just been heard count, not those of the one before", async () => {
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

  test("a step that comes while the call is held is heard at once", async () => {
    const call = startTestSession();
    await call.send();
    const held = await call.comeBack(await call.arrive());
    await call.pass(7_000);
    const next = await call.send();
    expect(held.answer).toMatchObject({ kind: "step", stepId: next.stepId, turn: 2 });
  });

  test("a step that comes while Twilio pauses is heard when Twilio is back", async () => {
    const call = startTestSession();
    await call.send();
    const held = await call.comeBack(await call.arrive());
    await call.pass(8_000);
    const next = await call.send();
    expect(await call.comeBack(held)).toMatchObject({ answer: { kind: "step", stepId: next.stepId } });
  });

  test("the terms of the step that was heard last count", async () => {
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
  test("ends with what was entered, and the call is held for the next step", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    const held = await call.comeBack(await call.arrive(), { Digits: "0042" });
    expect(step).toMatchObject({ result: resultWith({ input: "0042" }), error: null });
    expect(held.answer).toBeNull();
  });

  test("is asked again after an empty input, as often as `repeat` says", async () => {
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

  test("is not asked again when something was entered", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS, repeat: 3 });
    await call.comeBack(await call.arrive(), { Digits: "1" });
    expect(step.result).toMatchObject({ input: "1" });
  });

  test("is not asked again of a caller who has hung up", async () => {
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

  test("`hang_up` without a word ends the step with the call, because Twilio does not come back", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({ speech: SILENCE, afterwards: "hang_up" });
    expect(ring.answer).toEqual({ kind: "hang_up" });
    expect(step.result).toEqual(resultWith({ ended: "app" }));
  });

  test("`reject` lets a caller hear the busy tone whom nobody has answered", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({ speech: SILENCE, afterwards: "reject" });
    expect(ring.answer).toEqual({ kind: "reject" });
    expect(step).toMatchObject({ result: resultWith({ ended: "app" }), error: null });
  });

  test("`reject` fails on an answered call, which goes on", async () => {
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

  test("`wait` without a word is done at once, and the next step is waited for", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({ speech: SILENCE });
    expect(step).toMatchObject({ result: resultWith({}), error: null });
    expect(ring.answer).toBeNull();
  });
});
