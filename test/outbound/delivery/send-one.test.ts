import { expect, test, vi } from "vitest";

import type { DeliveryOutcome } from "../../../src/outbound/delivery/message-or-call.ts";
import { commandOf } from "./command-of.ts";
import { ACCEPTED, DOUBT, runnerWith, useFalseTimers } from "./runner-with.ts";

useFalseTimers();

test("if Twilio gave no clear answer to a request, the app looks the message up and never sends it again", async () => {
  using twilio = runnerWith(() => DOUBT);
  await twilio.submit(["+1"]);
  expect(await twilio.results(600_000)).toMatchObject([{ ok: false, error: { code: "unknown_outcome" } }]);
  expect([twilio.asked.length, twilio.looked]).toEqual([1, ["+1"]]);
});

test("a delivery that the look-up finds at Twilio counts as sent", async () => {
  using twilio = runnerWith(() => DOUBT, { ...ACCEPTED, sid: "SM7" });
  await twilio.submit(["+1"]);
  expect(await twilio.results(100)).toMatchObject([{ ok: true, sid: "SM7" }]);
});

test("a delivery that is being sent at its deadline gets its result at the deadline, and the SID that Twilio returns later is stored", async () => {
  const answer = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => answer.promise);
  await twilio.submit(["+1"], { deadline: 1_000 });
  expect(await twilio.results(900)).toEqual([]);
  expect(await twilio.results(100)).toMatchObject([{ ok: false, error: { code: "unknown_outcome" } }]);
  answer.resolve({ ...ACCEPTED, sid: "SM9" });
  expect(await twilio.results(100)).toEqual([]);
  expect(twilio.store.deliveryEvidence.claimedSids(["SM9"])).toEqual(new Set(["SM9"]));
});

test("a delivery whose status callback came before the deadline counts as sent, even without Twilio's answer", async () => {
  using twilio = runnerWith(() => new Promise(() => {}));
  await twilio.submit(["+1"], { deadline: 1_000 });
  await twilio.results(500);
  await twilio.during(twilio.store.deliveryEvidence.saveSid("req_1-0", "SM8"));
  expect(await twilio.results(500)).toMatchObject([{ ok: true, sid: "SM8" }]);
});

test("if the timer of a deadline fires too early, the result still comes at the deadline", async () => {
  const answer = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => answer.promise, null, 1);
  await twilio.submit(["+1"], { deadline: 1_000 });
  expect(await twilio.results(1_000)).toMatchObject([{ error: { code: "unknown_outcome" } }]);
});

test("a delivery whose picture or sound is not ready at the deadline ends as not sent, and is not sent afterwards", async () => {
  const prepared = Promise.withResolvers<null>();
  using twilio = runnerWith(() => ACCEPTED);
  twilio.setPreparing(() => prepared.promise);
  await twilio.submit(["+1"], { deadline: 1_000 });
  expect(await twilio.results(1_000)).toMatchObject([{ ok: false, error: { code: "timeout" } }]);
  prepared.resolve(null);
  await twilio.results(1_000);
  expect(twilio.asked).toEqual([]);
});

test("a delivery whose result said that it was not sent is never sent, even if the clock is set back", async () => {
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

test("a delivery that waits for an earlier one to the same recipient fails at its own deadline and is never sent", async () => {
  const first = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => first.promise);
  await twilio.submit(["+1"], { requestId: "a" });
  await twilio.submit(["+1"], { requestId: "b", deadline: 1_000 });
  expect(await twilio.results(1_000)).toMatchObject([{ request_id: "b", error: { code: "timeout" } }]);
  first.resolve(ACCEPTED);
  await twilio.results(100);
  expect(twilio.asked).toEqual(["+1 a-0"]);
});

test("after a crash, a delivery whose sending was interrupted is looked up at Twilio before anything else is sent", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  await twilio.during(twilio.store.commands.add(commandOf(["+1", "+2"]), null));
  await twilio.during(twilio.store.commands.markPosting("req_1", { position: 0, reference: "req_1-0" }, 0));
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

test("after a crash, a delivery that Twilio already has waits for its status, and other deliveries are sent meanwhile", async () => {
  using twilio = runnerWith(() => ACCEPTED, { ...ACCEPTED, sid: "SM7" });
  await twilio.during(twilio.store.commands.add(commandOf(["+1"], { waitFor: "delivered" }), null));
  await twilio.during(twilio.store.commands.markPosting("req_1", { position: 0, reference: "req_1-0" }, 0));
  twilio.runner.resume();
  await twilio.submit(["+2"], { requestId: "new" });
  expect(await twilio.results(100)).toMatchObject([{ request_id: "new", ok: true }]);
});

test("after a crash, a delivery whose sending was interrupted is looked up at Twilio even if its deadline has passed", async () => {
  using twilio = runnerWith(() => ACCEPTED, { ...ACCEPTED, sid: "SM7" });
  await twilio.during(twilio.store.commands.add(commandOf(["+1"], { deadline: 5 }), null));
  await twilio.during(twilio.store.commands.markPosting("req_1", { position: 0, reference: "req_1-0" }, 0));
  vi.setSystemTime(60_000);
  twilio.runner.resume();
  expect(await twilio.results(100)).toMatchObject([{ ok: true, sid: "SM7" }]);
  expect(twilio.asked).toEqual([]);
});

test.each([
  ["matches several items at Twilio", "unclear", "a similar message or call"],
  ["cannot be looked up, because Twilio refuses its list,", "refused", "does not let the app read its list"],
] as const)(
  "after the journal was lost, a request that %s is not sent and ends as unknown_outcome",
  async (_what, earlier, why) => {
    using twilio = runnerWith(() => ACCEPTED);
    twilio.setEarlier(earlier);
    await twilio.submit(["+1"]);
    const error = { code: "unknown_outcome", message: expect.stringContaining(why) };
    expect(await twilio.results(100)).toMatchObject([{ ok: false, error }]);
    expect([twilio.asked, twilio.looked]).toEqual([[], []]);
  },
);

test("a delivery whose deadline has passed is never sent, also after a restart", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  await twilio.during(twilio.store.commands.add(commandOf(["+1"], { deadline: 0 }), null));
  twilio.runner.resume();
  expect(await twilio.results(100)).toMatchObject([{ ok: false, error: { code: "timeout" } }]);
  expect(twilio.asked).toEqual([]);
});

test("after the journal was lost, a delivery that Twilio already has is not sent again", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  twilio.setEarlier({ ...ACCEPTED, sid: "SM5" });
  await twilio.submit(["+1"]);
  expect(await twilio.results(100)).toMatchObject([{ ok: true, sid: "SM5" }]);
  expect(twilio.asked).toEqual([]);
});

test("after the journal was lost, a delivery waits while Twilio gives no answer about earlier messages", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  twilio.setEarlier("away");
  await twilio.submit(["+1"]);
  await twilio.results(2_000);
  expect(twilio.asked).toEqual([]);
  twilio.setEarlier("none");
  expect(await twilio.results(30_000)).toMatchObject([{ ok: true, sid: "SM1" }]);
});
