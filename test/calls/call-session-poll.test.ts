import { describe, expect, test } from "vitest";

import type { LiveCalls } from "../../src/calls/ports.ts";
import { deliveryStatusOf } from "../../src/domain/events/delivery-status.ts";
import { ASK_DIGITS, FORWARD, TERMS, resultWith, startTestSession } from "./start-test-session.ts";

const COMPLETED = deliveryStatusOf({ status: "completed" });
const IN_PROGRESS = deliveryStatusOf({ status: "in-progress" });

/** A call of which Twilio says `told`; counts how often it was asked, and keeps what the call was made to do. */
function watchedCall(told: Awaited<ReturnType<LiveCalls["askStatus"]>>) {
  const asked = { times: 0 };
  const taken: unknown[] = [];
  const call = startTestSession({
    askStatus() {
      asked.times += 1;
      return Promise.resolve(told);
    },
    takeOver: (hold) => Promise.resolve(taken.push(hold) > 0),
  });
  return { asked, taken, call };
}

describe("while a step is open, Twilio is asked about the call", () => {
  test("at once and a second later if it has not asked anything: a call that it does not know has no steps", async () => {
    const { asked, call } = watchedCall("unknown");
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
    const { asked, call } = watchedCall(COMPLETED);
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
    const { taken, call } = watchedCall(IN_PROGRESS);
    await call.send();
    expect(taken).toEqual([expect.objectContaining({ kind: "hold", callSid: "CA1", terms: TERMS })]);
  });

  test("and a call that was given the step is left alone", async () => {
    const { asked, taken, call } = watchedCall(IN_PROGRESS);
    await call.arrive();
    await call.send({ input: ASK_DIGITS });
    await call.pass(20_000);
    expect(asked.times).toBeGreaterThan(1);
    expect(taken).toEqual([]);
  });

  test("and a call that was given the step before a restart is left alone", async () => {
    const { asked, taken, call } = watchedCall(IN_PROGRESS);
    await call.send({ input: ASK_DIGITS }, { wasSentToTwilio: true });
    expect(asked.times).toBe(1);
    expect(taken).toEqual([]);
  });

  test("and a call whose request is held is left alone", async () => {
    const { asked, taken, call } = watchedCall(IN_PROGRESS);
    await call.arrive();
    await call.send({}, { readyStep: new Promise(() => {}) });
    await call.pass(9_000);
    expect(asked.times).toBeGreaterThan(0);
    expect(taken).toEqual([]);
  });

  test("and a call that pauses has five seconds to come back before it is made to ask", async () => {
    const { taken, call } = watchedCall(IN_PROGRESS);
    const ring = await call.arrive();
    await call.send();
    const held = await call.comeBack(ring);
    await call.pass(7_000);
    await call.send({}, { readyStep: new Promise(() => {}) });
    await call.pass(3_000);
    expect(held.answer).toMatchObject({ kind: "hold" });
    // Two seconds after the pause was sent, and seven.
    await call.pass(2_000);
    expect(taken).toEqual([]);
    await call.pass(5_000);
    expect(taken).toHaveLength(1);
  });

  test("and a call that only rings is not made to ask", async () => {
    const { asked, taken, call } = watchedCall(deliveryStatusOf({ status: "ringing" }));
    await call.send();
    expect(asked.times).toBe(1);
    expect(taken).toEqual([]);
  });

  test("and one that Twilio has asked about is not unknown, whatever its API says", async () => {
    const { asked, call } = watchedCall("unknown");
    const ring = await call.arrive();
    const step = await call.send({ input: ASK_DIGITS });
    await call.pass(30_000);
    expect(asked.times).toBeGreaterThan(1);
    expect(step.result).toBeNull();
    expect(ring.answer).toMatchObject({ kind: "step" });
  });

  test("and no more once it is done", async () => {
    const { asked, call } = watchedCall(null);
    await call.send();
    await call.comeBack(await call.arrive());
    const before = asked.times;
    await call.pass(60_000);
    expect(asked.times).toBe(before);
  });
});
