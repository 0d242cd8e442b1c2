import { expect, test } from "vitest";

import type { DeliveryOutcome } from "../../../src/outbound/delivery/message-or-call.ts";
import { ACCEPTED, AWAY, runnerWith, useFalseTimers } from "./runner-with.ts";

useFalseTimers();

test("a request with several recipients gets one result that contains all recipients", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  await twilio.submit(["+1", "+2"]);
  expect(await twilio.results(100)).toMatchObject([
    {
      request_id: "req_1",
      command: "send_message",
      ok: true,
      error: null,
      recipients: [
        { to: "+1", sid: "SM1", status: "queued", segments: 1, error: null },
        { to: "+2", sid: "SM1" },
      ],
    },
  ]);
  expect(twilio.store.commands.openCommands()).toEqual([]);
});

test("the result of a request with one recipient also has the recipient's fields at the top level", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  await twilio.submit(["+1"]);
  expect(await twilio.results(100)).toMatchObject([{ to: "+1", sid: "SM1", status: "queued", ok: true }]);
});

test("if Twilio refuses one recipient of a request, the other recipients still get the message", async () => {
  const error = { code: "21211", message: "Invalid 'To'", more_info: null };
  using twilio = runnerWith(({ to }) => (to === "+2" ? { kind: "refused", error } : ACCEPTED));
  await twilio.submit(["+1", "+2", "+3"]);
  const [result] = await twilio.results(100);
  expect(result).toMatchObject({ ok: false, error, recipients: [{ sid: "SM1" }, { error }, { sid: "SM1" }] });
});

test("before the app sends a request to Twilio, the journal notes that the request is being sent", async () => {
  const states: unknown[] = [];
  using twilio = runnerWith(() => {
    states.push(twilio.store.commands.openCommands()[0]?.deliveries[0]?.state);
    return ACCEPTED;
  });
  await twilio.submit(["+1"]);
  await twilio.results(100);
  expect(states).toEqual(["posting"]);
});

test("a request that certainly did not reach Twilio is sent again", async () => {
  const answers = [AWAY, AWAY, ACCEPTED];
  using twilio = runnerWith(() => answers.shift() ?? ACCEPTED);
  await twilio.submit(["+1"]);
  expect(await twilio.results(10_000)).toMatchObject([{ ok: true }]);
  expect(twilio.asked).toHaveLength(3);
});

test("the app stops retrying a delivery before its deadline", async () => {
  using twilio = runnerWith(() => AWAY);
  await twilio.submit(["+1"], { deadline: 5_000 });
  expect(await twilio.results(5_000)).toMatchObject([{ ok: false, error: { code: "twilio_away" } }]);
  const asked = twilio.asked.length;
  expect(await twilio.results(600_000)).toEqual([]);
  expect(twilio.asked).toHaveLength(asked);
});

test("a delivery that waits for its retry does not block deliveries to other recipients", async () => {
  using twilio = runnerWith(({ to }) => (to === "+99" ? ACCEPTED : AWAY));
  await twilio.submit(Array.from({ length: 30 }, (_none, index) => `+${index}`));
  await twilio.submit(["+99"], { requestId: "quick", deadline: 3_000 });
  expect(await twilio.results(2_000)).toMatchObject([{ request_id: "quick", ok: true }]);
});

test("four calls of an alarm begin even while other deliveries have reached the limit of open requests to Twilio", async () => {
  const waiting = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => waiting.promise);
  await twilio.submit(Array.from({ length: 100 }, (_none, index) => `+${index}`));
  await twilio.results(1_000);
  const others = twilio.asked.length;
  expect(others).toBeLessThan(100);
  const people = Array.from({ length: 6 }, (_none, index) => `+49${index}`);
  await twilio.submit(people, { requestId: "alarm:1", priority: "alarm" });
  await twilio.results(1_000);
  const asked = twilio.asked.slice(others);
  expect(asked.map((line) => line.split(" ")[0])).toEqual(people.slice(0, 4));
  waiting.resolve(ACCEPTED);
  await twilio.results(1_000);
  expect(twilio.asked).toHaveLength(106);
});

test("deliveries to one recipient are sent in order, and deliveries to other recipients do not wait for them", async () => {
  const first = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(({ to }) => (to === "+1" ? first.promise : ACCEPTED));
  await twilio.submit(["+1", "+2"], { requestId: "a" });
  await twilio.submit(["+1", "+2"], { requestId: "b" });
  await twilio.results(1_000);
  expect(twilio.asked).toEqual(["+1 a-0", "+2 a-1", "+2 b-1"]);
  first.resolve(ACCEPTED);
  await twilio.results(100);
  expect(twilio.asked.at(-1)).toBe("+1 b-0");
});

test("at most 20 requests to Twilio are open at the same time", async () => {
  const answer = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => answer.promise);
  await twilio.submit(Array.from({ length: 30 }, (_none, index) => `+${index}`));
  await twilio.results(1_000);
  expect(twilio.asked).toHaveLength(20);
  answer.resolve(ACCEPTED);
  expect(await twilio.results(100)).toMatchObject([{ ok: true }]);
});

test("a stopping app waits for its open requests to Twilio, and leaves all other deliveries to the next start", async () => {
  const answer = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => answer.promise);
  await twilio.submit(Array.from({ length: 22 }, (_none, index) => `+${index}`));
  await twilio.results(10);
  const stopped = twilio.runner.stop(1_000);
  answer.resolve(ACCEPTED);
  await twilio.during(stopped);
  const states = twilio.store.commands.openCommands()[0]?.deliveries.map(({ state }) => state) ?? [];
  expect([states[19], states[20]]).toEqual(["done", "waiting"]);
});
