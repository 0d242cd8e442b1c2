import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { EventData } from "../../src/domain/inbound-event.ts";
import type { SendOutcome, SendRequest } from "../../src/domain/send-request.ts";
import { createCommandRunner } from "../../src/flows/run-commands.ts";
import type { EarlierSend } from "../../src/flows/run-send.ts";
import { openTestStore } from "../journal/open-test-store.ts";
import { commandOf } from "./command-of.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };
const ACCEPTED = { kind: "accepted", sid: "SM1", status: "queued", segments: 1 } as const;
const AWAY: SendOutcome = {
  kind: "not_sent",
  error: { code: "twilio_away", message: "Twilio cannot be reached", more_info: null },
  retryAfterMs: null,
};
const DOUBT: SendOutcome = {
  kind: "unknown",
  error: { code: "unknown_outcome", message: "?", more_info: null },
};

beforeEach(() => {
  vi.useFakeTimers({ now: 0, toFake: ["setTimeout", "clearTimeout", "setImmediate", "Date"] });
});
afterEach(() => void vi.useRealTimers());

type Found = Extract<SendOutcome, { readonly kind: "accepted" }>;
type Answer = (request: SendRequest) => SendOutcome | Promise<SendOutcome>;

/** A runner on a real journal; `answer` is Twilio. */
function runnerWith(answer: Answer, found: Found | null = null) {
  const store = openTestStore();
  const asked: string[] = [];
  const looked: string[] = [];
  let earlier: EarlierSend = "none";
  const runner = createCommandRunner({
    ...store.commands,
    send: async (request, reference) => {
      asked.push(`${request.to} ${reference}`);
      return await answer(request);
    },
    findSent: (request) => {
      looked.push(request.to);
      return Promise.resolve(found);
    },
    findEarlier: () => Promise.resolve(earlier),
    noteProof: store.evidence.noteProof,
    onFinished: () => {},
    wait: (ms, signal) =>
      new Promise((resolve) => {
        setTimeout(resolve, ms);
        signal.addEventListener("abort", () => resolve());
      }),
    now: () => Date.now(),
    random: () => 0,
    logger: SILENT,
  });
  const during = async <Result>(work: Promise<Result>): Promise<Result> => {
    // One commit leads to the next, each in its own turn, which takes the false clock a millisecond.
    for (let turn = 0; turn < 20; turn += 1) await vi.advanceTimersByTimeAsync(1);
    return await work;
  };
  return {
    runner,
    store,
    asked,
    looked,
    during,
    setEarlier: (sent: EarlierSend) => void (earlier = sent),
    /** What Home Assistant is told within `ms` milliseconds. */
    async results(ms: number): Promise<EventData[]> {
      await vi.advanceTimersByTimeAsync(ms);
      await during(Promise.resolve());
      return (await during(store.eventLog.takeNext(99))).map(({ data }) => data);
    },
    async submit(...given: Parameters<typeof commandOf>): Promise<void> {
      const command = commandOf(...given);
      await during(store.commands.add(command, null));
      runner.start(command);
    },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

test("a command becomes one result with all its recipients", async () => {
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
  expect(twilio.store.commands.open()).toEqual([]);
});

test("with one recipient its fields also stand at the top", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  await twilio.submit(["+1"]);
  expect(await twilio.results(100)).toMatchObject([{ to: "+1", sid: "SM1", status: "queued", ok: true }]);
});

test("one recipient that Twilio refuses never stops the others", async () => {
  const error = { code: "21211", message: "Invalid 'To'", more_info: null };
  using twilio = runnerWith(({ to }) => (to === "+2" ? { kind: "refused", error } : ACCEPTED));
  await twilio.submit(["+1", "+2", "+3"]);
  const [result] = await twilio.results(100);
  expect(result).toMatchObject({ ok: false, error, recipients: [{ sid: "SM1" }, { error }, { sid: "SM1" }] });
});

test("it is on disk before Twilio is asked", async () => {
  const states: unknown[] = [];
  using twilio = runnerWith(() => {
    states.push(twilio.store.commands.open()[0]?.sends[0]?.state);
    return ACCEPTED;
  });
  await twilio.submit(["+1"]);
  await twilio.results(100);
  expect(states).toEqual(["posting"]);
});

test("what never left is tried again", async () => {
  const answers = [AWAY, AWAY, ACCEPTED];
  using twilio = runnerWith(() => answers.shift() ?? ACCEPTED);
  await twilio.submit(["+1"]);
  expect(await twilio.results(10_000)).toMatchObject([{ ok: true }]);
  expect(twilio.asked).toHaveLength(3);
});

test("what never left is given up before the deadline, and not tried after it", async () => {
  using twilio = runnerWith(() => AWAY);
  await twilio.submit(["+1"], { deadline: 5_000 });
  expect(await twilio.results(5_000)).toMatchObject([{ ok: false, error: { code: "twilio_away" } }]);
  const asked = twilio.asked.length;
  expect(await twilio.results(600_000)).toEqual([]);
  expect(twilio.asked).toHaveLength(asked);
});

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
  const answer = Promise.withResolvers<SendOutcome>();
  using twilio = runnerWith(() => answer.promise);
  await twilio.submit(["+1"], { deadline: 1_000 });
  expect(await twilio.results(900)).toEqual([]);
  expect(await twilio.results(100)).toMatchObject([{ ok: false, error: { code: "unknown_outcome" } }]);
  answer.resolve({ ...ACCEPTED, sid: "SM9" });
  expect(await twilio.results(100)).toEqual([]);
  expect(twilio.store.evidence.owned(["SM9"])).toEqual(new Set(["SM9"]));
});

test("what is for one recipient keeps its order, others do not wait for it", async () => {
  const first = Promise.withResolvers<SendOutcome>();
  using twilio = runnerWith(({ to }) => (to === "+1" ? first.promise : ACCEPTED));
  await twilio.submit(["+1", "+2"], { requestId: "a" });
  await twilio.submit(["+1", "+2"], { requestId: "b" });
  await twilio.results(1_000);
  expect(twilio.asked).toEqual(["+1 a-0", "+2 a-1", "+2 b-1"]);
  first.resolve(ACCEPTED);
  await twilio.results(100);
  expect(twilio.asked.at(-1)).toBe("+1 b-0");
});

test("one that waits behind another for the same recipient is told at its own deadline and never sent", async () => {
  const first = Promise.withResolvers<SendOutcome>();
  using twilio = runnerWith(() => first.promise);
  await twilio.submit(["+1"], { requestId: "a" });
  await twilio.submit(["+1"], { requestId: "b", deadline: 1_000 });
  expect(await twilio.results(1_000)).toMatchObject([{ request_id: "b", error: { code: "timeout" } }]);
  first.resolve(ACCEPTED);
  await twilio.results(100);
  expect(twilio.asked).toEqual(["+1 a-0"]);
});

test("no more than 20 requests are open at once", async () => {
  const answer = Promise.withResolvers<SendOutcome>();
  using twilio = runnerWith(() => answer.promise);
  await twilio.submit(Array.from({ length: 30 }, (_none, index) => `+${index}`));
  await twilio.results(1_000);
  expect(twilio.asked).toHaveLength(20);
  answer.resolve(ACCEPTED);
  expect(await twilio.results(100)).toMatchObject([{ ok: true }]);
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

test("stopping waits for Twilio's answer and leaves what has not begun to the next start", async () => {
  const answer = Promise.withResolvers<SendOutcome>();
  using twilio = runnerWith(() => answer.promise);
  await twilio.submit(Array.from({ length: 22 }, (_none, index) => `+${index}`));
  await twilio.results(10);
  const stopped = twilio.runner.stop(1_000);
  answer.resolve(ACCEPTED);
  await twilio.during(stopped);
  const states = twilio.store.commands.open()[0]?.sends.map(({ state }) => state) ?? [];
  expect([states[19], states[20]]).toEqual(["done", "waiting"]);
});
