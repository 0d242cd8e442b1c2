import { expect, test, vi } from "vitest";

import type { DeliveryOutcome } from "../../../src/outbound/delivery/message-or-call.ts";
import { commandOf } from "./command-of.ts";
import { ACCEPTED, DOUBT, runnerWith, useFalseTimers } from "./runner-with.ts";

useFalseTimers();

test("after any other doubt it is looked up, and never sent again", async () => {
  using twilio = runnerWith(() => DOUBT);
  await twilio.submit(["+1"]);
  expect(await twilio.results(600_000)).toMatchObject([{ ok: false, error: { code: "unknown_outcome" } }]);
  expect([twilio.asked.length, twilio.looked]).toEqual([1, ["+1"]]);
});

test("a look-up that finds it makes it sent", async () => {
  using twilio = runnerWith(() => DOUBT, { ...ACCEPTED, sid: "SM7" });
  await twilio.submit(["+1"]);
  expect(await twilio.results(100)).toMatchObject([{ ok: true, sid: "SM7" }]);
});

test("a request that is open at the deadline is answered at that moment, and its late SID is kept", async () => {
  const answer = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => answer.promise);
  await twilio.submit(["+1"], { deadline: 1_000 });
  expect(await twilio.results(900)).toEqual([]);
  expect(await twilio.results(100)).toMatchObject([{ ok: false, error: { code: "unknown_outcome" } }]);
  answer.resolve({ ...ACCEPTED, sid: "SM9" });
  expect(await twilio.results(100)).toEqual([]);
  expect(twilio.store.deliveryEvidence.claimedSids(["SM9"])).toEqual(new Set(["SM9"]));
});

test("what a callback has proven by the deadline is told as sent", async () => {
  using twilio = runnerWith(() => new Promise(() => {}));
  await twilio.submit(["+1"], { deadline: 1_000 });
  await twilio.results(500);
  await twilio.during(twilio.store.deliveryEvidence.saveSid("req_1-0", "SM8"));
  expect(await twilio.results(500)).toMatchObject([{ ok: true, sid: "SM8" }]);
});

test("a timer that fires a moment early puts off no answer", async () => {
  const answer = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => answer.promise, null, 1);
  await twilio.submit(["+1"], { deadline: 1_000 });
  expect(await twilio.results(1_000)).toMatchObject([{ error: { code: "unknown_outcome" } }]);
});

test("what takes its time before Twilio is asked leaves no doubt and is not asked for after the deadline", async () => {
  const prepared = Promise.withResolvers<null>();
  using twilio = runnerWith(() => ACCEPTED);
  twilio.setPreparing(() => prepared.promise);
  await twilio.submit(["+1"], { deadline: 1_000 });
  expect(await twilio.results(1_000)).toMatchObject([{ ok: false, error: { code: "timeout" } }]);
  prepared.resolve(null);
  await twilio.results(1_000);
  expect(twilio.asked).toEqual([]);
});

test("what was told as not sent stays unsent, though the clock is set back", async () => {
  const first = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => first.promise);
  await twilio.submit(["+1"], { requestId: "a" });
  await twilio.submit(["+1"], { requestId: "b", deadline: 1_000 });
  expect(await twilio.results(1_000)).toMatchObject([{ request_id: "b", error: { code: "timeout" } }]);
  vi.setSystemTime(0);
  first.resolve(ACCEPTED);
  await twilio.results(100);
  expect(twilio.asked).toEqual(["+1 a-0"]);
});

test("one that waits behind another for the same recipient is told at its own deadline and never sent", async () => {
  const first = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => first.promise);
  await twilio.submit(["+1"], { requestId: "a" });
  await twilio.submit(["+1"], { requestId: "b", deadline: 1_000 });
  expect(await twilio.results(1_000)).toMatchObject([{ request_id: "b", error: { code: "timeout" } }]);
  first.resolve(ACCEPTED);
  await twilio.results(100);
  expect(twilio.asked).toEqual(["+1 a-0"]);
});

test("after a crash what was being asked for is looked up before anything else is sent", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  await twilio.during(twilio.store.commands.add(commandOf(["+1", "+2"]), null));
  await twilio.during(twilio.store.commands.markPosting("req_1", 0, 0));
  const order: string[] = [];
  const { asked, looked } = twilio;
  vi.spyOn(looked, "push").mockImplementation((to) => order.push(`look ${to}`));
  vi.spyOn(asked, "push").mockImplementation((to) => order.push(`send ${to}`));
  twilio.runner.resume();
  await twilio.submit(["+3"], { requestId: "new" });
  const results = await twilio.results(100);
  expect(order).toEqual(["look +1", "send +2 req_1-1", "send +3 new-0"]);
  expect(results.find(({ request_id: id }) => id === "req_1")).toMatchObject({
    ok: false,
    recipients: [
      { to: "+1", error: { code: "unknown_outcome" } },
      { to: "+2", sid: "SM1" },
    ],
  });
});

test("after a crash nothing waits for the delivery of what is found", async () => {
  using twilio = runnerWith(() => ACCEPTED, { ...ACCEPTED, sid: "SM7" });
  await twilio.during(twilio.store.commands.add(commandOf(["+1"], { waitFor: "delivered" }), null));
  await twilio.during(twilio.store.commands.markPosting("req_1", 0, 0));
  twilio.runner.resume();
  await twilio.submit(["+2"], { requestId: "new" });
  expect(await twilio.results(100)).toMatchObject([{ request_id: "new", ok: true }]);
});

test("after a crash it is looked up although its time was over meanwhile", async () => {
  using twilio = runnerWith(() => ACCEPTED, { ...ACCEPTED, sid: "SM7" });
  await twilio.during(twilio.store.commands.add(commandOf(["+1"], { deadline: 5 }), null));
  await twilio.during(twilio.store.commands.markPosting("req_1", 0, 0));
  vi.setSystemTime(60_000);
  twilio.runner.resume();
  expect(await twilio.results(100)).toMatchObject([{ ok: true, sid: "SM7" }]);
  expect(twilio.asked).toEqual([]);
});

test("where the journal was lost and Twilio has several like it, nothing is sent and nobody is told that it was", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  twilio.setEarlier("unclear");
  await twilio.submit(["+1"]);
  expect(await twilio.results(100)).toMatchObject([{ ok: false, error: { code: "unknown_outcome" } }]);
  expect([twilio.asked, twilio.looked]).toEqual([[], []]);
});

test("an expired command is never sent, whatever restarts bring it back", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  await twilio.during(twilio.store.commands.add(commandOf(["+1"], { deadline: 0 }), null));
  twilio.runner.resume();
  expect(await twilio.results(100)).toMatchObject([{ ok: false, error: { code: "timeout" } }]);
  expect(twilio.asked).toEqual([]);
});

test("where the journal was lost, what Twilio has already is not sent again", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  twilio.setEarlier({ ...ACCEPTED, sid: "SM5" });
  await twilio.submit(["+1"]);
  expect(await twilio.results(100)).toMatchObject([{ ok: true, sid: "SM5" }]);
  expect(twilio.asked).toEqual([]);
});

test("where the journal was lost and Twilio cannot be asked, it waits until Twilio can", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  twilio.setEarlier("away");
  await twilio.submit(["+1"]);
  await twilio.results(2_000);
  expect(twilio.asked).toEqual([]);
  twilio.setEarlier("none");
  expect(await twilio.results(30_000)).toMatchObject([{ ok: true, sid: "SM1" }]);
});
