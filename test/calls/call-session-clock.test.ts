import { describe, expect, test } from "vitest";

import { startTestSession, TERMS } from "./start-test-session.ts";

const HALF_AN_HOUR = 1_800_000;

/** A machine without a battery for its clock gets the time from the internet, possibly during a call. */
describe.each([
  ["back", -HALF_AN_HOUR],
  ["ahead", HALF_AN_HOUR],
])("if the system clock is set %s during a call,", (_, ms) => {
  test("the call still waits for its next step as long as `hold_seconds` says", async () => {
    const call = startTestSession();
    const ring = await call.arrive({ waitMs: 3_000 });
    call.setClock(ms);
    await call.pass(2_999);
    expect(ring.answer).toBeNull();
    await call.pass(1);
    expect(ring.answer).toMatchObject({ kind: "fallback" });
  });

  test("the silence until the goodbye still lasts as long as `silence_seconds` says", async () => {
    const call = startTestSession();
    await call.send({}, { terms: { ...TERMS, silenceSeconds: 20 } });
    const first = await call.comeBack(await call.arrive());
    await call.pass(9_000);
    call.setClock(ms);
    const second = await call.comeBack(first);
    await call.pass(9_000);
    expect(second.answer).toMatchObject({ kind: "hold" });
    const third = await call.comeBack(second);
    await call.pass(1_999);
    expect(third.answer).toBeNull();
    await call.pass(1);
    expect(third.answer).toMatchObject({ kind: "goodbye" });
  });
});
