import { expect, test, vi } from "vitest";

import type { Logger } from "../../src/domain/log/logger.ts";
import { createEventDelivery } from "../../src/inbound/deliver-events.ts";
import { toDeliveredEvent } from "../../src/inbound/delivered-event.ts";
import type { LoggedEvent } from "../../src/inbound/logged-event.ts";
import type { EventBus, EventQueue, FireOutcome } from "../../src/inbound/ports.ts";
import { clockWith } from "../clock-with.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };

function event(seq: number, over: Partial<LoggedEvent> = {}): LoggedEvent {
  return {
    seq,
    type: "twilio_data_received",
    kind: "message",
    data: { n: seq },
    receivedAt: 0,
    maybeDelivered: false,
    stale: false,
    ...over,
  };
}

/** The parts that a test replaces: of the event queue, of Home Assistant, and the pause before a retry. */
type Replaced = Partial<
  EventQueue & EventBus & { readonly pause: () => Promise<void>; readonly logger: Logger }
>;

function delivery(waiting: LoggedEvent[], outcomes: FireOutcome[], over: Replaced = {}) {
  const calls: string[] = [];
  let isRunning = true;
  const queue: EventQueue = {
    takeNext: (limit) => Promise.resolve(waiting.splice(0, limit)),
    markDelivered: (seqs) => Promise.resolve(void calls.push(`delivered ${seqs.join()}`)),
    requeue(seq, maybeDelivered) {
      isRunning = false;
      return Promise.resolve(void calls.push(`requeue ${seq} ${maybeDelivered}`));
    },
    reject: (seq, reason) => Promise.resolve(void calls.push(`reject ${seq} ${reason}`)),
    ...over,
  };
  const homeAssistant: EventBus = {
    fire: (_type, data) => {
      calls.push(`fire ${String(data["n"])}`);
      return Promise.resolve(outcomes.shift() ?? { kind: "fired" });
    },
    isRunning: () => isRunning,
    ...over,
  };
  const wait = over.pause ?? (() => Promise.resolve(void calls.push("pause")));
  const clock = clockWith({ now: () => 0, wait });
  const { logger = SILENT } = over;
  const { wake, settled } = createEventDelivery(
    { queue, homeAssistant, clock, logger },
    new AbortController().signal,
  );
  return { calls, wake, settled };
}

test("fires waiting events in order, and marks them as delivered after the answer", async () => {
  const { calls, wake, settled } = delivery([event(1), event(2)], []);
  wake();
  wake();
  await settled();
  expect(calls).toEqual(["fire 1", "fire 2", "delivered 1,2"]);
});

test("an event that did not arrive waits again, and one that may have arrived is marked", async () => {
  const { calls, wake, settled } = delivery(
    [event(1), event(2), event(3)],
    [{ kind: "fired" }, { kind: "maybe_delivered" }, { kind: "away" }],
  );
  wake();
  await settled();
  expect(calls.slice(3).toSorted()).toEqual(["delivered 1", "pause", "requeue 2 true", "requeue 3 false"]);
  expect(calls.at(-1)).toBe("pause");
});

test("an event that Home Assistant refuses is rejected and does not block the others", async () => {
  const { calls, wake, settled } = delivery([event(1), event(2)], [{ kind: "refused", reason: "no" }]);
  wake();
  await settled();
  expect(calls.slice(2).toSorted()).toEqual(["delivered 2", "reject 1 no"]);
});

test("at most 256 events are being fired, in batches of 64", async () => {
  const answers: ((outcome: FireOutcome) => void)[] = [];
  const taken: number[] = [];
  const waiting = Array.from({ length: 1_000 }, (_none, index) => event(index));
  const { wake, settled } = delivery(waiting, [], {
    takeNext(limit) {
      taken.push(limit);
      return Promise.resolve(waiting.splice(0, limit));
    },
    fire: () => new Promise((resolve) => answers.push(resolve)),
  });
  wake();
  let most = 0;
  while (answers.length > 0 || waiting.length > 0) {
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, answers.length);
    for (const answer of answers.splice(0, 64)) answer({ kind: "fired" });
  }
  await settled();
  expect(most).toBe(256);
  expect(new Set(taken)).toEqual(new Set([64]));
});

test("after a failure, no newer event is fired before the failed one", async () => {
  const order: unknown[] = [];
  let back: LoggedEvent[] = [];
  let waiting = Array.from({ length: 130 }, (_none, index) => event(index));
  let isAway = true;
  const { wake, settled } = delivery([], [], {
    takeNext(limit) {
      waiting = [...back, ...waiting].toSorted((a, b) => a.seq - b.seq);
      back = [];
      return Promise.resolve(waiting.splice(0, limit));
    },
    requeue: (seq) => Promise.resolve(void back.push(event(seq))),
    pause: () => Promise.resolve(void (isAway = false)),
    fire: (_type, { n }) => {
      if (isAway) return Promise.resolve({ kind: "away" });
      order.push(n);
      return Promise.resolve({ kind: "fired" });
    },
  });
  wake();
  await settled();
  expect(order).toEqual(Array.from({ length: 130 }, (_none, index) => index));
});

test("an event that is read while an older one fails does not overtake it", async () => {
  const order: unknown[] = [];
  const failing = Promise.withResolvers<FireOutcome>();
  let waiting = Array.from({ length: 65 }, (_none, index) => event(index));
  let reads = 0;
  const { wake, settled } = delivery([], [], {
    async takeNext(limit) {
      const taken = waiting.splice(0, limit);
      reads += 1;
      if (reads === 2) {
        failing.resolve({ kind: "maybe_delivered" });
        await new Promise((resolve) => setImmediate(resolve));
      }
      return taken;
    },
    requeue: (seq) =>
      Promise.resolve(
        void (waiting = [...waiting, event(seq)].toSorted((one, other) => one.seq - other.seq)),
      ),
    fire(_type, { n }) {
      order.push(n);
      return order.length === 1 ? failing.promise : Promise.resolve({ kind: "fired" });
    },
  });
  wake();
  await settled();
  expect(order.slice(64)).toEqual([0, 64]);
});

test.each([
  ["incoming_call", 30],
  ["call", 30],
  ["message", 600],
  ["message_status", 86_400],
  ["call_status", 86_400],
] as const)("a %s is fired as received for %i seconds, and as missed afterwards", (kind, seconds) => {
  const given = event(1, { kind });
  expect(toDeliveredEvent(given, seconds * 1000)).toEqual({ type: "twilio_data_received", data: { n: 1 } });
  expect(toDeliveredEvent(given, seconds * 1000 + 500)).toEqual({
    type: "twilio_data_missed",
    data: { n: 1, age_seconds: seconds + 1 },
  });
});

test.each(["incoming_call", "call", "call_status"] as const)(
  "a %s that may have opened the gate already never opens it again",
  (kind) => {
    const given = event(1, { kind, data: { CallSid: "CA1" }, maybeDelivered: true });
    expect(toDeliveredEvent(given, 1000)).toEqual({
      type: "twilio_data_missed",
      data: { CallSid: "CA1", redelivered: true, age_seconds: 1 },
    });
  },
);

test("a message or a status that may have arrived is fired again, marked as redelivered", () => {
  expect(toDeliveredEvent(event(1, { maybeDelivered: true }), 1000)).toEqual({
    type: "twilio_data_received",
    data: { n: 1, redelivered: true },
  });
  const status = event(1, { type: "twilio_call_status", kind: "call_status", maybeDelivered: true });
  expect(toDeliveredEvent(status, 1000).type).toBe("twilio_call_status");
});

test("a stale event is fired as missed at any age", () => {
  expect(toDeliveredEvent(event(1, { stale: true }), 1000).type).toBe("twilio_data_missed");
});

test("a result is never fired as missed", () => {
  expect(toDeliveredEvent(event(1, { type: "twilio_result", kind: null }), 1e12).type).toBe("twilio_result");
});

test("an event that is added while a round ends does not wait for the next one", async () => {
  const waiting = [event(1)];
  let reads = 0;
  const { calls, wake, settled } = delivery([], [], {
    takeNext() {
      reads += 1;
      const taken = waiting.splice(0);
      // The log has been read; now one comes.
      if (reads === 1) {
        waiting.push(event(2));
        wake();
      }
      return Promise.resolve(taken);
    },
  });
  wake();
  await settled();
  expect(calls.filter((what) => what.startsWith("fire"))).toEqual(["fire 1", "fire 2"]);
  expect(calls.filter((what) => what.startsWith("delivered"))).toEqual(["delivered 1", "delivered 2"]);
});

test("an event that does not arrive is retried only after a pause", async () => {
  let tries = 0;
  const { calls, wake, settled } = delivery([], [], {
    takeNext: () => Promise.resolve([event(1)]),
    fire: () => {
      tries += 1;
      return Promise.resolve({ kind: "away" });
    },
    // The socket is closing, which has not been noticed yet.
    isRunning: () => tries < 100,
    requeue: () => Promise.resolve(),
  });
  wake();
  await settled();
  expect(calls.length).toBeGreaterThanOrEqual(100 / 4);
});

test("forbidden events wait until Home Assistant accepts them, and the reason is logged one time", async () => {
  const errors: string[] = [];
  const forbidden: FireOutcome = { kind: "forbidden", reason: "unauthorized: Unauthorized" };
  const back: LoggedEvent[] = [event(1)];
  const outcomes = [forbidden, forbidden];
  const { calls, wake, settled } = delivery([], [], {
    takeNext: (limit) => Promise.resolve(back.splice(0, limit)),
    requeue: (seq) => Promise.resolve(void back.push(event(seq))),
    // The answer comes when the loop does not wait for the frame any more.
    async fire(_type, { n }) {
      calls.push(`fire ${String(n)}`);
      await new Promise((resolve) => setImmediate(resolve));
      return outcomes.shift() ?? { kind: "fired" };
    },
    logger: { ...SILENT, error: (message) => void errors.push(message) },
  });
  wake();
  await vi.waitFor(() => expect(calls.at(-1)).toBe("delivered 1"), { interval: 1 });
  await settled();
  expect(calls).toEqual(["fire 1", "pause", "fire 1", "pause", "fire 1", "delivered 1"]);
  expect(errors).toEqual([expect.stringContaining("unauthorized")]);
});

test("a result that may have arrived is also marked", () => {
  const { data } = toDeliveredEvent(event(1, { type: "twilio_result", kind: null, maybeDelivered: true }), 1);
  expect(data).toMatchObject({ redelivered: true });
});

test("an event from the future is fired as missed, like one that is too old", () => {
  const { type, data } = toDeliveredEvent(event(1, { kind: "incoming_call", receivedAt: 3_600_000 }), 0);
  expect([type, data["age_seconds"]]).toEqual(["twilio_data_missed", 0]);
});
