import { describe, expect, test } from "vitest";

import { ASK_DIGITS, FORWARD, resultWith, startTestSession } from "./start-test-session.ts";

const NEVER = new Promise<never>(() => {});

describe("a step after which Twilio reports an error to the fallback URL", () => {
  test("is sent one more time, fails after a second error, and the call continues", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    const again = await call.fail(await call.arrive());
    expect(again.answer).toMatchObject({ kind: "step", stepId: step.stepId });
    expect(step).toMatchObject({ result: null, timesSent: 2 });
    const held = await call.fail(again);
    expect(step).toMatchObject({ error: "interrupted", result: resultWith({}) });
    expect(held.answer).toBeNull();
    const next = await call.send();
    expect(held.answer).toMatchObject({ kind: "step", stepId: next.stepId });
    expect(call.endings).toEqual([]);
  });

  test("is sent again with the number of the failed attempt, so that the error uses up none of its repetitions", async () => {
    const call = startTestSession();
    await call.send({ input: ASK_DIGITS, repeat: 3 });
    const second = await call.comeBack(await call.arrive());
    expect(second.answer).toMatchObject({ attempt: 2 });
    expect(await call.fail(second)).toMatchObject({ answer: { kind: "step", attempt: 2 } });
  });

  test("is not sent again if it only speaks, because the caller may have heard it", async () => {
    const call = startTestSession();
    const step = await call.send();
    const held = await call.fail(await call.arrive());
    expect(step).toMatchObject({ result: resultWith({}), error: null, timesSent: 1 });
    expect(held.answer).toBeNull();
  });

  test("is not sent again if it forwards the call, because the caller and the other person may have talked", async () => {
    const call = startTestSession();
    const step = await call.send({ input: FORWARD });
    const held = await call.fail(await call.arrive());
    expect(step).toMatchObject({ error: "interrupted", result: resultWith({}), timesSent: 1 });
    expect(held.answer).toBeNull();
  });

  test("ends with the input if Twilio's request to the fallback URL contains the input", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    await call.fail(await call.arrive(), { Digits: "42" });
    expect(step).toMatchObject({ result: resultWith({ input: "42" }), error: null, timesSent: 1 });
  });

  test("ends the call with a goodbye after a second error if it is the first step of an outgoing call", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS }, { isFirstStep: true });
    const again = await call.fail(await call.arrive({ question: "arrived" }));
    const last = await call.fail(again);
    expect(last.answer).toMatchObject({ kind: "goodbye" });
    expect(step).toMatchObject({ error: "interrupted", result: resultWith({ ended: "app" }) });
  });

  test("is sent one more time even if Twilio's error does not name the URL that failed", async () => {
    const call = startTestSession();
    await call.send();
    const ring = await call.arrive();
    const held = await call.comeBack(ring);
    const step = await call.send({ input: ASK_DIGITS });
    const again = await call.arrive({ question: "arrived", isFallback: true });
    expect(held.answer).toMatchObject({ stepId: step.stepId });
    expect(again.answer).toMatchObject({ kind: "step", stepId: step.stepId, attempt: 1 });
    expect(step.result).toBeNull();
  });

  test("is sent in the answer to that error if Twilio had not received the step before", async () => {
    const call = startTestSession();
    const held = await call.comeBack(await startPlaying(call));
    await call.pass(8_000);
    const step = await call.send({ input: FORWARD });
    const next = await call.fail(held);
    expect(next.answer).toMatchObject({ kind: "step", stepId: step.stepId });
    expect(step.timesSent).toBe(1);
  });

  test("does not fail because of errors that Twilio reported before it received the step", async () => {
    const call = startTestSession();
    const held = await call.comeBack(await startPlaying(call));
    await call.pass(8_000);
    const step = await call.send({ input: ASK_DIGITS }, { readyStep: NEVER });
    await call.fail(held);
    await call.fail(held);
    expect(step).toMatchObject({ result: null, error: null });
  });
});

describe("a call that pauses until its next step, and for which Twilio reports an error,", () => {
  test("still waits for the next step, and the silence until the goodbye does not start again", async () => {
    const call = startTestSession();
    const held = await call.comeBack(await startPlaying(call));
    await call.pass(8_000);
    const again = await call.fail(held);
    await call.pass(8_000);
    const third = await call.fail(again);
    await call.pass(8_000);
    expect(third.answer).toMatchObject({ kind: "hold" });
    const last = await call.fail(third);
    await call.pass(5_999);
    expect(last.answer).toBeNull();
    await call.pass(1);
    expect(last.answer).toMatchObject({ kind: "goodbye" });
  });

  test("continues after a restart of the app, which reads the state of the call from the URL that failed", async () => {
    const before = startTestSession();
    const held = await before.comeBack(await startPlaying(before));
    await before.pass(8_000);
    const failed = before.webhookAfter(held);

    const after = startTestSession();
    const back = await after.arrive({ question: "arrived", isFallback: true, failed });
    await after.pass(3_000);
    // The call had a first step, so the fallback of `otherwise` does not apply.
    expect(back.answer).toBeNull();
    await after.pass(5_000);
    expect(back.answer).toMatchObject({ kind: "hold", turn: 3 });
  });
});

test("if Twilio did not receive the goodbye of a call, the app says it in the answer to the fallback URL", async () => {
  const call = startTestSession();
  const held = await call.comeBack(await startPlaying(call));
  await call.pass(8_000);
  await call.pass(30_000);
  const goodbye = await call.comeBack(held);
  expect(goodbye.answer).toMatchObject({ kind: "goodbye" });
  expect(await call.arrive({ question: "arrived", isFallback: true })).toMatchObject({
    answer: { kind: "goodbye" },
  });
});

/** Lets a sentence play on a call. */
async function startPlaying(call: ReturnType<typeof startTestSession>) {
  await call.send();
  return await call.arrive();
}
