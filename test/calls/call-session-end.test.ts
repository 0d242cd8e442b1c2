import { describe, expect, test } from "vitest";

import type { PendingStep } from "../../src/calls/active-step.ts";
import { talkError } from "../../src/calls/step-result.ts";
import { deliveryStatusOf } from "../../src/domain/events/delivery-status.ts";
import { ASK_DIGITS, resultWith, startTestSession } from "./start-test-session.ts";

const SILENCE = { kind: "silent" } as const;
const COMPLETED = deliveryStatusOf({ status: "completed" });
const FAILED = deliveryStatusOf({ status: "failed" });
const IN_PROGRESS = deliveryStatusOf({ status: "in-progress" });

describe("a caller who hangs up during a step (one `script.twilio_talk`)", () => {
  test("ends the step without input, and the step does not fail", async () => {
    const call = startTestSession();
    const step = await call.send();
    await call.arrive();
    call.session.endByStatus(COMPLETED);
    await call.settle();
    expect(step).toMatchObject({ result: resultWith({ ended: "caller" }), error: null });
    expect(call.endings).toEqual(["caller"]);
  });

  test("ends the step two seconds later, with the last input if Twilio reports it within that time", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    const ring = await call.arrive();
    call.session.endByStatus(COMPLETED);
    await call.pass(1_999);
    expect(step.result).toBeNull();
    const last = await call.comeBack(ring, { Digits: "12", CallStatus: "completed" });
    expect(step.result).toEqual(resultWith({ input: "12", ended: "caller" }));
    expect(last.answer).toEqual({ kind: "hang_up" });
  });

  test("ends the step without input if Twilio reports nothing within two seconds", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    await call.arrive();
    call.session.endByStatus(COMPLETED);
    await call.pass(2_000);
    expect(step).toMatchObject({ result: resultWith({ ended: "caller" }), error: null });
  });

  test("ends the step at once if Twilio has not received the step yet", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    call.session.endByStatus(COMPLETED);
    await call.settle();
    expect(step.result).toEqual(resultWith({ ended: "caller" }));
  });

  test("makes the app answer a webhook of the call that it holds open", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    call.session.endByStatus(COMPLETED);
    await call.settle();
    expect(ring.answer).toEqual({ kind: "hang_up" });
  });
});

test("if Twilio ends a call with an error, the call's open step fails", async () => {
  const call = startTestSession();
  const step = await call.send({ input: ASK_DIGITS });
  await call.arrive();
  call.session.endByStatus(FAILED);
  await call.settle();
  expect(step).toMatchObject({ result: resultWith({ ended: "error" }), error: "failed" });
});

test("after the first status that ends a call, a later final status changes nothing", async () => {
  const call = startTestSession();
  call.session.endByStatus(COMPLETED);
  call.session.endByStatus(FAILED);
  call.session.end("app");
  expect(await call.send()).toMatchObject({ result: { ended: "caller" } });
  expect(call.endings).toEqual(["caller"]);
});

describe("a step that an automation sends after the call has ended", () => {
  test.each([
    ["the caller hung up", "caller", null],
    ["the app ended the call", "app", "call_ended"],
    ["Twilio met an error", "error", "failed"],
  ] as const)("fails or succeeds, depending on who ended the call: %s", async (_title, by, error) => {
    const call = startTestSession();
    call.session.restoreEnd(by);
    expect(await call.send()).toMatchObject({ refusal: error, error, result: resultWith({ ended: by }) });
    expect(await call.arrive()).toMatchObject({ answer: { kind: "hang_up" } });
  });
});

describe("a second step that is sent while another step of the call is open", () => {
  test("fails with call_busy, and the first step continues", async () => {
    const call = startTestSession();
    const first = await call.send({ input: ASK_DIGITS });
    const second = await call.send();
    expect(second).toMatchObject({ refusal: "call_busy", error: "call_busy", result: resultWith({}) });
    const ring = await call.arrive();
    expect(ring.answer).toMatchObject({ stepId: first.stepId });
    await call.comeBack(ring, { Digits: "1" });
    expect(first.result).toMatchObject({ input: "1" });
  });

  test("is accepted and changes nothing if it has the same ID as the open step", async () => {
    const call = startTestSession();
    await call.send({}, { stepId: "same" });
    expect(await call.send({}, { stepId: "same" })).toMatchObject({ refusal: null, result: null });
  });
});

describe("a step whose `timeout` is over before it has ended", () => {
  test("fails, and the call waits for the next step", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS }, { deadline: call.now() + 5_000 });
    const ring = await call.arrive();
    await call.pass(4_999);
    expect(step.result).toBeNull();
    await call.pass(1);
    expect(step).toMatchObject({ error: "timeout", result: resultWith({}) });
    const next = await call.send();
    expect(await call.comeBack(ring, { Digits: "1" })).toMatchObject({ answer: { stepId: next.stepId } });
  });

  test.each([
    ["the caller has hung up", COMPLETED, { ended: "caller" }, null],
    ["Twilio met an error", FAILED, { ended: "error" }, "failed"],
    ["the call goes on", IN_PROGRESS, {}, "timeout"],
    ["Twilio knows no such call", "unknown", {}, "timeout"],
  ] as const)(
    "ends with what Twilio says about the call at that time: %s",
    async (_title, status, fields, error) => {
      const call = startTestSession({ askStatus: () => Promise.resolve(status) });
      await call.arrive();
      const step = await call.send({}, { deadline: call.now() + 4_000 });
      await call.pass(3_999);
      expect(step.result).toBeNull();
      await call.pass(1);
      expect(step).toMatchObject({ error, result: resultWith(fields) });
    },
  );

  test("fails before the automation stops waiting, even if Twilio does not answer", async () => {
    const call = startTestSession({ askStatus: () => new Promise(() => {}) });
    await call.arrive();
    const step = await call.send({}, { deadline: call.now() + 4_000 });
    await call.pass(5_499);
    expect(step.result).toBeNull();
    await call.pass(1);
    expect(step).toMatchObject({ error: "timeout", result: resultWith({}) });
  });

  test("frees the call for the next step while the app asks Twilio", async () => {
    const call = startTestSession({ askStatus: () => new Promise(() => {}) });
    const ring = await call.arrive();
    await call.send({ input: ASK_DIGITS }, { deadline: call.now() + 4_000 });
    await call.pass(4_000);
    const next = await call.send();
    expect(await call.comeBack(ring, { Digits: "1" })).toMatchObject({ answer: { stepId: next.stepId } });
  });

  test("is not sent if its `timeout` was over before the request reached the app, and the result says who ended the call", async () => {
    const call = startTestSession({ askStatus: () => Promise.resolve(COMPLETED) });
    const ring = await call.arrive();
    const step = await call.send({}, { deadline: call.now() - 1 });
    expect(step).toMatchObject({ error: null, result: resultWith({ ended: "caller" }), timesSent: 0 });
    expect(ring.answer).toEqual({ kind: "hang_up" });
  });

  test("stays open for the next start of the app if the app stops while it asks Twilio about the call", async () => {
    let isStopping = false;
    const asked = Promise.withResolvers<typeof COMPLETED>();
    const call = startTestSession({ askStatus: () => asked.promise, isStopping: () => isStopping });
    const step = await call.send({}, { deadline: call.now() + 4_000 });
    await call.pass(4_000);
    isStopping = true;
    asked.resolve(COMPLETED);
    await call.settle();
    expect(step.result).toBeNull();
  });
});

test("a step whose `timeout` is over before its sound is ready is not sent to Twilio", async () => {
  const ready = Promise.withResolvers<Awaited<PendingStep["readyStep"]>>();
  const call = startTestSession();
  const step = await call.send({}, { readyStep: ready.promise, deadline: call.now() + 2_000 });
  const ring = await call.arrive();
  await call.pass(2_000);
  ready.resolve({ ok: true, step: { speech: SILENCE, input: ASK_DIGITS, repeat: 1, afterwards: "wait" } });
  await call.settle();
  expect(step).toMatchObject({ error: "timeout", timesSent: 0 });
  expect(ring.answer).toBeNull();
});

describe("a step that cannot be played, such as a step whose sound is missing,", () => {
  const readyStep = Promise.resolve({ ok: false, error: talkError("failed") } as const);

  test("fails, and the next step plays", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({}, { readyStep });
    expect(step).toMatchObject({ error: "failed", result: resultWith({}) });
    await call.send();
    expect(ring.answer).toMatchObject({ kind: "step" });
  });

  test("ends an outgoing call with a goodbye if it is the first step", async () => {
    const call = startTestSession();
    const step = await call.send({}, { readyStep, isFirstStep: true });
    expect(await call.arrive({ question: "arrived" })).toMatchObject({ answer: { kind: "goodbye" } });
    expect(step).toMatchObject({ error: "failed", result: resultWith({ ended: "app" }) });
    expect(call.endings).toEqual(["app"]);
  });

  test("ends the call if no TwiML can be made of it", async () => {
    const call = startTestSession();
    const step = await call.send();
    call.session.failActiveStep();
    await call.settle();
    expect(step).toMatchObject({ error: "cannot_say", result: resultWith({ ended: "app" }) });
    expect(call.endings).toEqual(["app"]);
  });
});
