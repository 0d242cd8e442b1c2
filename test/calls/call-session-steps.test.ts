import { describe, expect, test } from "vitest";

import { ASK_DIGITS, TERMS, resultWith, startTestSession } from "./start-test-session.ts";

const SILENCE = { kind: "silent" } as const;

describe("an incoming call", () => {
  test("waits in its open webhook, and gets the first step when an automation sends it", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    await call.pass(2_999);
    expect(ring.answer).toBeNull();
    const step = await call.send();
    expect(ring.answer).toMatchObject({ kind: "step", stepId: step.stepId, attempt: 1, turn: 1 });
    expect(step).toMatchObject({ refusal: null, timesSent: 1, result: null });
  });

  test("gets at once a step that an automation sent before the call rang", async () => {
    const call = startTestSession();
    const step = await call.send();
    expect(await call.arrive()).toMatchObject({ answer: { kind: "step", stepId: step.stepId } });
  });

  test("is handled as the option `otherwise` says as soon as the wait for a first step is over", async () => {
    const call = startTestSession();
    const ring = await call.arrive({ waitMs: 3_000 });
    await call.pass(2_999);
    expect(ring.answer).toBeNull();
    await call.pass(1);
    expect(ring.answer).toEqual({ kind: "fallback", askedAs: "ringing" });
    expect(call.endings).toEqual(["app"]);
  });

  test.each(["arrived", "result"] as const)(
    "gets the fallback for the state `%s` if its first webhook reported this state",
    async (question) => {
      const call = startTestSession();
      const arrival = await call.arrive({ question });
      await call.pass(3_000);
      expect(arrival.answer).toEqual({ kind: "fallback", askedAs: question });
    },
  );
});

describe("a call that an automation controls, and that the user's own TwiML redirects to the app", () => {
  test("waits for its next step, and is not handled as the option `otherwise` says", async () => {
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

  test("is silent from the redirect on, so the goodbye comes `silence_seconds` after the redirect", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, silenceSeconds: 10 } });
    await call.comeBack(await call.arrive());
    await call.pass(9_000);
    const arrival = await call.arrive({ question: "arrived" });
    await call.pass(8_000);
    expect(arrival.answer).toMatchObject({ kind: "hold" });
  });
});

describe("a call between two steps of an automation", () => {
  test("waits in an open webhook for `hold_seconds`, then pauses at Twilio and sends the next webhook", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, holdSeconds: 5 } });
    const held = await call.comeBack(await call.arrive());
    await call.pass(4_999);
    expect(held.answer).toBeNull();
    await call.pass(1);
    expect(held.answer).toMatchObject({ kind: "hold", pauseSeconds: 1, terms: { holdSeconds: 5 } });
    expect(await call.comeBack(held)).toMatchObject({ answer: null });
  });

  test("waits as long as `hold_seconds` of its latest step says, not that of an earlier step", async () => {
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

  test("plays a step at once if the step arrives while the webhook is open", async () => {
    const call = startTestSession();
    await call.send();
    const held = await call.comeBack(await call.arrive());
    await call.pass(7_000);
    const next = await call.send();
    expect(held.answer).toMatchObject({ kind: "step", stepId: next.stepId, turn: 2 });
  });

  test("plays a step after the pause if the step arrives while the call pauses at Twilio", async () => {
    const call = startTestSession();
    await call.send();
    const held = await call.comeBack(await call.arrive());
    await call.pass(8_000);
    const next = await call.send();
    expect(await call.comeBack(held)).toMatchObject({ answer: { kind: "step", stepId: next.stepId } });
  });

  test("keeps the language and the other settings of its latest step", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, language: "de-DE" } });
    const ring = await call.arrive();
    expect(ring.answer).toMatchObject({ terms: { language: "de-DE" } });
    const held = await call.comeBack(ring);
    await call.pass(8_000);
    expect(held.answer).toMatchObject({ kind: "hold", terms: { language: "de-DE" } });
  });
});

describe("a step with `ask`", () => {
  test("ends with the caller's input, and the call waits for the next step", async () => {
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

describe("the option `then` of a step", () => {
  test("ends the call after the step with `hang_up`, and the result says that the app ended the call", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS, afterwards: "hang_up" });
    const last = await call.comeBack(await call.arrive(), { Digits: "7" });
    expect(last.answer).toEqual({ kind: "hang_up" });
    expect(step.result).toEqual(resultWith({ input: "7", ended: "app" }));
    expect(call.endings).toEqual(["app"]);
  });

  test("ends a silent step together with the call with `hang_up`, because Twilio sends no further webhook", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({ speech: SILENCE, afterwards: "hang_up" });
    expect(ring.answer).toEqual({ kind: "hang_up" });
    expect(step).toMatchObject({ result: resultWith({ ended: "app" }), timesSent: 1 });
  });

  test("gives the caller of an unanswered call the busy tone with `reject`", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({ speech: SILENCE, afterwards: "reject" });
    expect(ring.answer).toEqual({ kind: "reject" });
    expect(step).toMatchObject({ result: resultWith({ ended: "app" }), error: null, timesSent: 1 });
  });

  test("makes the step fail with `reject` on an answered call, and the call continues", async () => {
    const call = startTestSession();
    await call.send();
    const held = await call.comeBack(await call.arrive());
    const step = await call.send({ speech: SILENCE, afterwards: "reject" });
    expect(step).toMatchObject({ result: resultWith({}), error: "call_answered", timesSent: 0 });
    const next = await call.send();
    expect(held.answer).toMatchObject({ kind: "step", stepId: next.stepId });
    expect(call.endings).toEqual([]);
  });

  test("makes the step fail with `reject` on a call that was already in progress at its first webhook", async () => {
    const call = startTestSession();
    await call.arrive({ question: "arrived" });
    expect(await call.send({ speech: SILENCE, afterwards: "reject" })).toMatchObject({
      error: "call_answered",
    });
  });

  test("makes the step fail with `reject` on an outgoing call that was answered", async () => {
    const call = startTestSession();
    await call.answer(call.outgoing({ CallStatus: "in-progress" }));
    expect(await call.send({ speech: SILENCE, afterwards: "reject" })).toMatchObject({
      error: "call_answered",
    });
  });

  test("ends a silent step at once with `wait`, and the call waits for the next step", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({ speech: SILENCE });
    expect(step).toMatchObject({ result: resultWith({}), error: null });
    expect(ring.answer).toBeNull();
  });
});
