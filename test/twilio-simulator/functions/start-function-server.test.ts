import { expect, test } from "vitest";

import { startFunctionServer } from "./start-function-server.ts";

const WAIT_TWO_DAYS = `exports.handler = (context, event, callback) => {
  const wait = (then) => setTimeout(then, 86_400_000);
  wait(() => wait(() => callback(null, new Twilio.Response())));
};`;

test("when the simulated Twilio ends, its running Functions stop waiting, so that no test waits for them", async () => {
  const twilio = new AbortController();
  const server = await startFunctionServer({
    domain: "house-1.twil.io",
    functions: new Map([["/wait", WAIT_TWO_DAYS]]),
    variables: {},
    now: Date.now,
    ended: twilio.signal,
  });
  const answer = fetch(`${server.origin}/wait`, { method: "POST" });
  // After this, the Function waits. If it is still being loaded, its waits end at once.
  await fetch(`${server.origin}/missing`);
  twilio.abort();
  expect((await answer).status).toBe(200);
  await server[Symbol.asyncDispose]();
});
