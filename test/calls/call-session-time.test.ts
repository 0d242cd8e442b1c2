import { describe, expect, test } from "vitest";

import type { PendingStep } from "../../src/calls/active-step.ts";
import { ASK_DIGITS, TERMS, resultWith, startTestSession } from "./start-test-session.ts";

const NEVER = new Promise<never>(() => {});

describe("the silence between two steps of a call", () => {
  test("ends with a goodbye after `silence_seconds`, in the language of the last step", async () => {
    const call = startTestSession();
    const terms = { ...TERMS, holdSeconds: 10, silenceSeconds: 5, language: "de-DE" };
    await call.send({}, { terms });
    const held = await call.comeBack(await call.arrive());
    await call.pass(4_999);
    expect(held.answer).toBeNull();
    await call.pass(1);
    expect(held.answer).toMatchObject({ kind: "goodbye", terms: { language: "de-DE" } });
    expect(call.endings).toEqual(["app"]);
  });

  test("is counted from the end of the latest step, and continues over Twilio's pauses", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, silenceSeconds: 20 } });
    const first = await call.comeBack(await call.arrive());
    await call.pass(9_000);
    const second = await call.comeBack(first);
    await call.pass(9_000);
    expect(second.answer).toMatchObject({ kind: "hold" });
    const third = await call.comeBack(second);
    await call.pass(1_999);
    expect(third.answer).toBeNull();
    await call.pass(1);
    expect(third.answer).toMatchObject({ kind: "goodbye" });
  });

  test("does not begin while a step plays, however long the step takes", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, holdSeconds: 10, silenceSeconds: 10 } });
    const ring = await call.arrive();
    await call.pass(60_000);
    const held = await call.comeBack(ring);
    await call.pass(9_999);
    expect(held.answer).toBeNull();
    await call.pass(1);
    expect(held.answer).toMatchObject({ kind: "goodbye" });
  });

  test("is counted from the start of the latest step if Twilio does not report the end of that step", async () => {
    const call = startTestSession();
    const terms = { ...TERMS, holdSeconds: 10, silenceSeconds: 20 };
    await call.send({}, { terms });
    const held = await call.comeBack(await call.arrive());
    await call.pass(9_000);
    await call.send({ input: ASK_DIGITS }, { terms, deadline: call.now() + 1_000 });
    await call.pass(1_000);
    const next = await call.arrive({ failed: null, question: "arrived", isFallback: true });
    expect(held.answer).toMatchObject({ kind: "step" });
    await call.pass(9_999);
    expect(next.answer).toBeNull();
    await call.pass(1);
    expect(next.answer).toMatchObject({ kind: "hold" });
  });

  test("is not extended if a webhook's URL says that the silence began later", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, silenceSeconds: 10 } });
    const held = await call.comeBack(await call.arrive());
    await call.pass(8_000);
    const again = await call.answer({ ...call.webhookAfter(held), silentSince: call.now() });
    await call.pass(1_999);
    expect(again.answer).toBeNull();
    await call.pass(1);
    expect(again.answer).toMatchObject({ kind: "goodbye" });
  });

  test("starts again with each step", async () => {
    const call = startTestSession();
    const terms = { ...TERMS, holdSeconds: 10, silenceSeconds: 10 };
    await call.send({}, { terms });
    const held = await call.comeBack(await call.arrive());
    await call.pass(9_000);
    await call.send({}, { terms });
    const again = await call.comeBack(held);
    await call.pass(9_000);
    expect(again.answer).toBeNull();
  });

  test("has no limit before the first step, because a step sets the limit", async () => {
    const call = startTestSession();
    const ring = await call.arrive({ waitMs: 60_000 });
    await call.pass(59_000);
    expect(ring.answer).toBeNull();
  });

  test("continues after a restart of the app, because the URL of the next webhook contains the time when the silence began", async () => {
    const before = startTestSession();
    await before.send({}, { terms: { ...TERMS, silenceSeconds: 20 } });
    const held = await before.comeBack(await before.arrive());
    await before.pass(8_000);
    const address = before.webhookAfter(held);

    const after = startTestSession();
    const silentSince = after.now() - 15_000;
    const back = await after.answer({ ...address, silentSince });
    await after.pass(4_999);
    expect(back.answer).toBeNull();
    await after.pass(1);
    expect(back.answer).toMatchObject({ kind: "goodbye" });
  });
});

test("after a restart, the app continues to number the URLs of a call from the number in the next webhook's URL", async () => {
  const call = startTestSession();
  const back = await call.answer({ ...call.outgoing({ CallStatus: "in-progress" }), turn: 7 });
  await call.send();
  expect(back.answer).toMatchObject({ kind: "step", turn: 8 });
});

test("while a step is open, the step's own settings apply, and not the settings in the webhook's URL", async () => {
  const call = startTestSession();
  await call.send({ input: ASK_DIGITS, repeat: 2 }, { terms: { ...TERMS, silenceSeconds: 5 } });
  const ring = await call.arrive();
  const other = { ...TERMS, silenceSeconds: 600, language: "xx" };
  const held = await call.answer({ ...call.webhookAfter(ring, { Digits: "1" }), terms: other });
  await call.pass(5_000);
  expect(held.answer).toMatchObject({ kind: "goodbye", terms: { language: "en-US" } });
});

describe("within ten seconds, and so before Twilio's timeout, a webhook of a call", () => {
  test("gets a pause if the sound of the next step is not ready, and the step plays when its sound is ready", async () => {
    const ready = Promise.withResolvers<Awaited<PendingStep["readyStep"]>>();
    const call = startTestSession();
    const step = await call.send({}, { readyStep: ready.promise });
    const ring = await call.arrive();
    await call.pass(9_999);
    expect(ring.answer).toBeNull();
    await call.pass(1);
    expect(ring.answer).toMatchObject({ kind: "hold" });
    expect(step).toMatchObject({ result: null, timesSent: 0 });
    const held = await call.comeBack(ring);
    const sound = { speech: { kind: "play", url: "https://a/1" }, input: null, repeat: 1 } as const;
    ready.resolve({ ok: true, step: { ...sound, afterwards: "wait" } });
    await call.settle();
    expect(held.answer).toMatchObject({ kind: "step", stepId: step.stepId, step: sound });
  });

  test("gets the next step, even if the app cannot store that Twilio receives the step", async () => {
    const call = startTestSession();
    const step = await call.send({}, { markSentToTwilio: () => NEVER });
    const ring = await call.arrive();
    await call.pass(9_999);
    expect(ring.answer).toBeNull();
    await call.pass(1);
    expect(ring.answer).toMatchObject({ kind: "step", stepId: step.stepId });
  });

  test("gets the end of the call, even if the app cannot store the result of the call's last step", async () => {
    const call = startTestSession();
    await call.send({ input: ASK_DIGITS, afterwards: "hang_up" }, { end: () => NEVER });
    const last = await call.comeBack(await call.arrive(), { Digits: "1" });
    await call.pass(9_999);
    expect(last.answer).toBeNull();
    await call.pass(1);
    expect(last.answer).toEqual({ kind: "hang_up" });
  });
});

describe("a webhook of a call", () => {
  test("that Twilio repeats gets the same answer, and the result of its step does not change", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    const question = call.webhookAfter(await call.arrive(), { Digits: "1" });
    const first = await call.answer(question);
    const repeated = await call.answer(question);
    const next = await call.send();
    expect(first.answer).toMatchObject({ stepId: next.stepId, turn: 2 });
    expect(repeated.answer).toBe(first.answer);
    expect(step.result).toEqual(resultWith({ input: "1" }));
  });

  test("that the app could not process ends no step, and Twilio's retry ends the step", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    const question = call.webhookAfter(await call.arrive(), { Digits: "1" });
    const failed = await call.answer(question, () => Promise.reject(new Error("no journal")));
    expect(failed.error).toEqual(new Error("no journal"));
    expect(step.result).toBeNull();
    await call.answer(question);
    expect(step.result).toEqual(resultWith({ input: "1" }));
  });

  test("gets a pause if a newer webhook of the call arrives, and the newer webhook gets the next step", async () => {
    const call = startTestSession();
    const superseded = await call.arrive();
    const newer = await call.arrive();
    expect(superseded.answer).toMatchObject({ kind: "hold", turn: 0 });
    expect(newer.answer).toBeNull();
    await call.send();
    expect(newer.answer).toMatchObject({ kind: "step", turn: 1 });
  });

  test("gets a pause if it is replayed after a newer webhook was answered, and the call keeps its settings and gets its next step", async () => {
    const call = startTestSession();
    await call.send();
    const held = await call.comeBack(await call.arrive());
    await call.pass(8_000);
    const captured = { ...call.webhookAfter(held), silentSince: 0, terms: { ...TERMS, language: "xx" } };
    const pause = await call.comeBack(held);
    await call.pass(8_000);
    const current = await call.comeBack(pause);
    const forged = await call.answer(captured);
    // The newest URL stays valid. Silence and language in the older URL are ignored.
    expect(forged.answer).toMatchObject({ kind: "hold", turn: 3, terms: { language: "en-US" } });
    expect(current.answer).toEqual(forged.answer);
    const step = await call.send();
    expect(await call.comeBack(current)).toMatchObject({ answer: { kind: "step", stepId: step.stepId } });
  });

  test("that is replayed at once does not make the app answer the original, which waits for the next step", async () => {
    const call = startTestSession();
    await call.send();
    const question = call.webhookAfter(await call.arrive());
    const held = await call.answer(question);
    expect(call.session.hasAnswered(question.key)).toBe(true);
    expect(call.session.hasAnswered("another")).toBe(false);
    expect(call.session.holdUnchanged()).toMatchObject({ kind: "hold", turn: 1 });
    expect(held.answer).toBeNull();
  });
});

describe("when the app stops", () => {
  test("a webhook that waits for a step is answered at once, and Twilio sends the next one after the restart", async () => {
    let isStopping = false;
    const call = startTestSession({ isStopping: () => isStopping });
    await call.send();
    const held = await call.comeBack(await call.arrive());
    isStopping = true;
    call.session.releaseHeldWebhooks();
    await call.settle();
    expect(held.answer).toMatchObject({ kind: "hold", pauseSeconds: 10 });
    expect(await call.arrive()).toMatchObject({ answer: { kind: "hold", pauseSeconds: 10 } });
    expect(call.endings).toEqual([]);
  });

  test("an open step stays open for the next start of the app, even if its `timeout` ends before that", async () => {
    let isStopping = false;
    const call = startTestSession({ isStopping: () => isStopping });
    const step = await call.send({}, { deadline: call.now() + 5_000 });
    isStopping = true;
    await call.pass(6_000);
    expect(step.result).toBeNull();
  });
});
