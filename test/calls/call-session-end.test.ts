import { describe, expect, test } from "vitest";

import type { CallSessionOptions } from "../../src/calls/active-step.ts";
import { talkError } from "../../src/calls/step-result.ts";
import { sendStatus } from "../../src/domain/events/send-status.ts";
import { ASK_DIGITS, FORWARD, TERMS, resultWith, startTestSession } from "./start-test-session.ts";

const COMPLETED = sendStatus({ status: "completed" });
const FAILED = sendStatus({ status: "failed" });
const IN_PROGRESS = sendStatus({ status: "in-progress" });

/** Answers `told`, and counts how often it was asked. */
function countingStatus(told: Awaited<ReturnType<CallSessionOptions["askStatus"]>>) {
  const asked = { times: 0 };
  const askStatus = () => {
    asked.times += 1;
    return Promise.resolve(told);
  };
  return { asked, askStatus };
}

describe("a caller who hangs up", () => {
  test("ends a step that only tells something at once, which is no error", async () => {
    const call = startTestSession();
    const step = await call.send();
    await call.arrive();
    call.session.endByStatus(COMPLETED);
    await call.settle();
    expect(step).toMatchObject({ result: resultWith({ ended: "caller" }), error: null });
    expect(call.endings).toEqual(["caller"]);
  });

  test("leaves two seconds for what was entered last", async () => {
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

  test("leaves no more than two seconds", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    await call.arrive();
    call.session.endByStatus(COMPLETED);
    await call.pass(2_000);
    expect(step).toMatchObject({ result: resultWith({ ended: "caller" }), error: null });
  });

  test("leaves no time for a step that was not heard", async () => {
    const call = startTestSession();
    const step = await call.send({ input: ASK_DIGITS });
    call.session.endByStatus(COMPLETED);
    await call.settle();
    expect(step.result).toEqual(resultWith({ ended: "caller" }));
  });

  test("lets a request go that is held", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    call.session.endByStatus(COMPLETED);
    await call.settle();
    expect(ring.answer).toEqual({ kind: "hang_up" });
  });
});

test("a call that Twilio ended with an error fails its open step", async () => {
  const call = startTestSession();
  const step = await call.send({ input: ASK_DIGITS });
  await call.arrive();
  call.session.endByStatus(FAILED);
  await call.settle();
  expect(step).toMatchObject({ result: resultWith({ ended: "error" }), error: "failed" });
});

test("a call ends once: what is told of it later changes nothing", async () => {
  const call = startTestSession();
  call.session.endByStatus(COMPLETED);
  call.session.endByStatus(FAILED);
  call.session.end();
  expect(await call.send()).toMatchObject({ result: { ended: "caller" } });
  expect(call.endings).toEqual(["caller"]);
});

describe("a step after the end", () => {
  test.each([
    ["the caller hung up", "caller", null],
    ["the app ended the call", "app", "call_ended"],
    ["Twilio met an error", "error", "failed"],
  ] as const)("where %s", async (_title, by, error) => {
    const call = startTestSession();
    call.session.restoreEnd(by);
    expect(await call.send()).toMatchObject({ refusal: error, error, result: resultWith({ ended: by }) });
    expect(await call.arrive()).toMatchObject({ answer: { kind: "hang_up" } });
  });
});

describe("a second step while one is open", () => {
  test("is told that the call is busy, and the first one goes on", async () => {
    const call = startTestSession();
    const first = await call.send({ input: ASK_DIGITS });
    const second = await call.send();
    expect(second).toMatchObject({ refusal: "call_busy", error: "call_busy", result: resultWith({}) });
    const ring = await call.arrive();
    expect(ring.answer).toMatchObject({ stepId: first.stepId });
    await call.comeBack(ring, { Digits: "1" });
    expect(first.result).toMatchObject({ input: "1" });
  });

  test("is the same one if it has the same id", async () => {
    const call = startTestSession();
    await call.send({}, { stepId: "same" });
    expect(await call.send({}, { stepId: "same" })).toMatchObject({ refusal: null, result: null });
  });
});

describe("a step's time that is up", () => {
  test("fails the step, and the call is held for the next one", async () => {
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
});

describe("a step that cannot be heard", () => {
  const readyStep = Promise.resolve({ ok: false, error: talkError("failed") } as const);

  test("fails, and the next one is heard", async () => {
    const call = startTestSession();
    const ring = await call.arrive();
    const step = await call.send({}, { readyStep });
    expect(step).toMatchObject({ error: "failed", result: resultWith({}) });
    await call.send();
    expect(ring.answer).toMatchObject({ kind: "step" });
  });

  test("as the first step of an outgoing call ends the call with a goodbye: no automation sends another", async () => {
    const call = startTestSession();
    const step = await call.send({}, { readyStep, isFirstStep: true });
    expect(await call.arrive({ question: "arrived" })).toMatchObject({ answer: { kind: "farewell" } });
    expect(step).toMatchObject({ error: "failed", result: resultWith({ ended: "app" }) });
    expect(call.endings).toEqual(["app"]);
  });

  test("because no document can be made of it ends the call", async () => {
    const call = startTestSession();
    const step = await call.send();
    call.session.failActiveStep();
    await call.settle();
    expect(step).toMatchObject({ error: "cannot_say", result: resultWith({ ended: "app" }) });
    expect(call.endings).toEqual(["app"]);
  });
});

describe("while a step is open, Twilio is asked about the call", () => {
  test("at once and a second later if it has not asked anything: a call that it does not know has no steps", async () => {
    const { asked, askStatus } = countingStatus("unknown");
    const call = startTestSession({ askStatus });
    const step = await call.send();
    await call.pass(999);
    expect(step.result).toBeNull();
    await call.pass(1);
    expect(step).toMatchObject({ error: "call_unknown", result: resultWith({}) });
    expect(asked.times).toBe(2);
  });

  test.each([
    ["every five seconds", ASK_DIGITS, 5_000],
    ["every thirty seconds while it is forwarded", FORWARD, 30_000],
  ])("%s, and its end ends the step", async (_title, input, everyMs) => {
    const { asked, askStatus } = countingStatus(COMPLETED);
    const call = startTestSession({ askStatus });
    await call.arrive();
    const step = await call.send({ input });
    await call.pass(everyMs - 1);
    expect(asked.times).toBe(0);
    await call.pass(1);
    await call.pass(2_000);
    expect(step.result).toEqual(resultWith({ ended: "caller" }));
    expect(asked.times).toBe(1);
  });

  test("and a call that goes on without the app is made to ask the app", async () => {
    const taken: unknown[] = [];
    const { askStatus } = countingStatus(IN_PROGRESS);
    const takeOver: CallSessionOptions["takeOver"] = (hold) => Promise.resolve(taken.push(hold) > 0);
    const call = startTestSession({ askStatus, takeOver });
    await call.send();
    expect(taken).toEqual([expect.objectContaining({ kind: "hold", callSid: "CA1", terms: TERMS })]);
  });

  test("and a call that is held, or was given the step, is left alone", async () => {
    const taken: unknown[] = [];
    const { asked, askStatus } = countingStatus(IN_PROGRESS);
    const takeOver: CallSessionOptions["takeOver"] = (hold) => Promise.resolve(taken.push(hold) > 0);
    const call = startTestSession({ askStatus, takeOver });
    await call.arrive();
    await call.send({ input: ASK_DIGITS });
    await call.pass(20_000);
    expect(asked.times).toBeGreaterThan(1);
    expect(taken).toEqual([]);
  });
});
