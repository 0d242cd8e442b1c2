import { describe, expect, test } from "vitest";

import type { LiveCalls } from "../../src/calls/ports.ts";
import { deliveryStatusOf } from "../../src/domain/events/delivery-status.ts";
import { ASK_DIGITS, FORWARD, TERMS, resultWith, startTestSession } from "./start-test-session.ts";

const COMPLETED = deliveryStatusOf({ status: "completed" });
const IN_PROGRESS = deliveryStatusOf({ status: "in-progress" });

/** A call with this status at Twilio. Counts how often the status was read, and records each redirect of the call. */
function watchedCall(status: Awaited<ReturnType<LiveCalls["askStatus"]>>) {
  const asked = { times: 0 };
  const taken: unknown[] = [];
  const call = startTestSession({
    askStatus() {
      asked.times += 1;
      return Promise.resolve(status);
    },
    takeOver: (hold) => Promise.resolve(taken.push(hold) > 0),
  });
  return { asked, taken, call };
}

describe("while a step of an automation is open, the app asks Twilio for the status of the call", () => {
  test("at once and again after a second if no webhook has come, and the step fails if Twilio does not know the call", async () => {
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
    ["every thirty seconds while the call is forwarded", FORWARD, 30_000],
  ])("%s, and ends the step when Twilio says that the call has ended", async (_title, input, everyMs) => {
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

  test("and redirects the call to the app if it continues without sending webhooks to the app", async () => {
    const { taken, call } = watchedCall(IN_PROGRESS);
    await call.send();
    expect(taken).toEqual([expect.objectContaining({ kind: "hold", callSid: "CA1", terms: TERMS })]);
  });

  test("and does not redirect the call to the app if the call has already received the step", async () => {
    const { asked, taken, call } = watchedCall(IN_PROGRESS);
    await call.arrive();
    await call.send({ input: ASK_DIGITS });
    await call.pass(20_000);
    expect(asked.times).toBeGreaterThan(1);
    expect(taken).toEqual([]);
  });

  test("and does not redirect a call that received the step before a restart of the app", async () => {
    const { asked, taken, call } = watchedCall(IN_PROGRESS);
    await call.send({ input: ASK_DIGITS }, { wasSentToTwilio: true });
    expect(asked.times).toBe(1);
    expect(taken).toEqual([]);
  });

  test("and does not redirect a call that waits for its next step in an open webhook", async () => {
    const { asked, taken, call } = watchedCall(IN_PROGRESS);
    await call.arrive();
    await call.send({}, { readyStep: new Promise(() => {}) });
    await call.pass(9_000);
    expect(asked.times).toBeGreaterThan(0);
    expect(taken).toEqual([]);
  });

  test("and redirects a call that pauses, but only after five seconds without a webhook", async () => {
    const { taken, call } = watchedCall(IN_PROGRESS);
    const ring = await call.arrive();
    await call.send();
    const held = await call.comeBack(ring);
    await call.pass(7_000);
    await call.send({}, { readyStep: new Promise(() => {}) });
    await call.pass(3_000);
    expect(held.answer).toMatchObject({ kind: "hold" });
    // Polled two and seven seconds after the pause was sent.
    await call.pass(2_000);
    expect(taken).toEqual([]);
    await call.pass(5_000);
    expect(taken).toHaveLength(1);
  });

  test("and does not redirect a call that is still ringing", async () => {
    const { asked, taken, call } = watchedCall(deliveryStatusOf({ status: "ringing" }));
    await call.send();
    expect(asked.times).toBe(1);
    expect(taken).toEqual([]);
  });

  test("and does not treat a call as unknown if its webhook came, even if Twilio's API does not find the call", async () => {
    const { asked, call } = watchedCall("unknown");
    const ring = await call.arrive();
    const step = await call.send({ input: ASK_DIGITS });
    await call.pass(30_000);
    expect(asked.times).toBeGreaterThan(1);
    expect(step.result).toBeNull();
    expect(ring.answer).toMatchObject({ kind: "step" });
  });

  test("and stops asking when the step has ended", async () => {
    const { asked, call } = watchedCall(null);
    await call.send();
    await call.comeBack(await call.arrive());
    const before = asked.times;
    await call.pass(60_000);
    expect(asked.times).toBe(before);
  });
});
