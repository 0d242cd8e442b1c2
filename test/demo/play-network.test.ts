import Twilio from "twilio";
import { expect, test, vi } from "vitest";

import { playNetwork } from "../../demo/play-network.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";

const OURS = "+15005550006";
const ALICE = "+12125550123";
const WITHIN = { timeout: 15_000, interval: 10 };

async function startTwilio() {
  await using undo = new AsyncDisposableStack();
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const client = Twilio(twilio.accountSid, twilio.authToken);
  client.api.baseUrl = twilio.url;
  const running = undo.move();
  return {
    twilio,
    client,
    play: (options: Parameters<typeof playNetwork>[1]) => void running.use(playNetwork(twilio, options)),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

test("each message in the demo is delivered, also if the simulated Twilio cannot send status callbacks", async () => {
  await using house = await startTwilio();
  house.play({ lookMs: 5 });
  // On port 9, no server listens.
  for (const statusCallback of ["", "http://127.0.0.1:9/status"])
    await house.client.messages.create({ to: ALICE, from: OURS, body: "hello", statusCallback });
  await vi.waitFor(
    () => expect(house.twilio.messages().map(({ status }) => status)).toEqual(["delivered", "delivered"]),
    WITHIN,
  );
});

test("a call in the demo that nobody picks up ends, and a call that somebody has picked up continues", async () => {
  await using house = await startTwilio();
  const call = { to: ALICE, from: OURS, twiml: "<Response><Gather/></Response>" };
  const answered = house.twilio.answer((await house.client.calls.create(call)).sid);
  await answered.until(({ waitingFor }) => waitingFor === "gather");
  const { sid } = await house.client.calls.create(call);
  house.play({ lookMs: 5, secondMs: 1 });
  await house.twilio.call(sid).over();
  expect(house.twilio.call(sid).state).toBe("no-answer");
  expect(answered.state).toBe("in-progress");
});

test.each([
  [{}, 60],
  [{ timeout: 25 }, 25],
])("a call that the demo makes with the options %o rings for %i seconds", async (options, seconds) => {
  await using house = await startTwilio();
  const call = { to: ALICE, from: OURS, twiml: "<Response/>", ...options };
  const { sid } = await house.client.calls.create(call);
  expect(house.twilio.ringSeconds(sid)).toBe(seconds);
  house.play({ lookMs: 1, secondMs: 60_000 });
  const { sid: message } = await house.client.messages.create({ to: ALICE, from: OURS, body: "later" });
  // When this has happened, the demo has looked for new calls several times.
  await vi.waitFor(
    async () => expect((await house.client.messages(message).fetch()).status).toBe("delivered"),
    WITHIN,
  );
  expect(house.twilio.call(sid).state).toBe("queued");
});
