import { expect, test } from "vitest";

import { answerTimes } from "../../src/calls/held-webhooks.ts";
import { startTestSession, TERMS } from "./start-test-session.ts";
import type { Asked } from "./start-test-session.ts";

type Call = ReturnType<typeof startTestSession>;

/** How long the relay waits for an answer, in milliseconds. */
const RELAY_MS = 8_000;
const PATIENT = { ...TERMS, holdSeconds: 10, silenceSeconds: 600 };

/** A call in progress sends its first webhook through the relay. */
function askFirst(call: Call, answerBy: number | null = call.now() + RELAY_MS): Promise<Asked> {
  return call.answer({ ...call.outgoing({ CallStatus: "in-progress" }), terms: PATIENT, answerBy });
}

/** After a pause, Twilio sends the next webhook of the call. */
function askAgain(call: Call, before: Asked, isRelayed: boolean): Promise<Asked> {
  const answerBy = isRelayed ? call.now() + RELAY_MS : null;
  return call.answer({ ...call.webhookAfter(before), answerBy });
}

test("through the relay, the app answers a waiting call 1.5 s before the relay gives up, even if `hold_seconds` is longer", async () => {
  const call = startTestSession();
  const asked = await askFirst(call);
  await call.pass(6_000);
  expect(asked.answer).toBeNull();
  await call.pass(500);
  expect(asked.answer).toMatchObject({ kind: "hold" });
});

test("through the relay, a call that waits gets the step that an automation sends in time", async () => {
  const call = startTestSession();
  const asked = await askFirst(call);
  await call.pass(6_000);
  await call.send();
  expect(asked.answer).toMatchObject({ kind: "step" });
});

test("a waiting call asks for its next step at most 20 times through the relay, but more often through the app's own port", async () => {
  for (const [isRelayed, after20] of [
    [true, "goodbye"],
    [false, "hold"],
  ] as const) {
    const call = startTestSession();
    let asked = await askFirst(call, isRelayed ? call.now() + RELAY_MS : null);
    await call.pass(10_000);
    for (let times = 1; times < 20; times += 1) {
      expect(asked.answer, `${times}`).toMatchObject({ kind: "hold" });
      asked = await askAgain(call, asked, isRelayed);
      await call.pass(10_000);
    }
    asked = await askAgain(call, asked, isRelayed);
    await call.pass(10_000);
    expect(asked.answer).toMatchObject({ kind: after20 });
  }
});

test("through the relay, a restart of the app does not reset the count of a call's 20 requests for a step", async () => {
  const call = startTestSession();
  let asked = await askFirst(call);
  await call.pass(10_000);
  for (let times = 1; times < 20; times += 1) {
    asked = await askAgain(call, asked, true);
    await call.pass(10_000);
  }
  expect(asked.answer).toMatchObject({ kind: "hold", holds: 20 });
  const after = startTestSession();
  const again = await after.answer({ ...call.webhookAfter(asked), answerBy: after.now() + RELAY_MS });
  await after.pass(10_000);
  expect(again.answer).toMatchObject({ kind: "goodbye" });
});

test("if the app's answer did not reach Twilio through the relay, the call ends, and its open step fails as `not_reached`", async () => {
  const call = startTestSession();
  await askFirst(call);
  const step = await call.send();
  call.session.end("not_reached");
  await call.settle();
  expect(call.endings).toEqual(["not_reached"]);
  expect(step).toMatchObject({ result: { ended: "not_reached" }, error: "not_reached" });
  expect(await call.send()).toMatchObject({ error: "call_ended" });
});

test("a webhook whose sender has already given up is answered at once, without waiting for a step", () => {
  expect(answerTimes(8_000, 1_000, 5_000)).toEqual({ holdMs: 0, mostMs: 0 });
  expect(answerTimes(8_000, null, 5_000)).toEqual({ holdMs: 8_000, mostMs: 10_000 });
  expect(answerTimes(2_000, 13_000, 5_000)).toEqual({ holdMs: 2_000, mostMs: 7_300 });
});
