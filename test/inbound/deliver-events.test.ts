import { expect, test, vi } from "vitest";

import type { Logger } from "../../src/domain/log/logger.ts";
import { createEventDelivery } from "../../src/inbound/deliver-events.ts";
import type { LoggedEvent } from "../../src/inbound/logged-event.ts";
import type { EventBus, EventQueue, FireOutcome } from "../../src/inbound/ports.ts";
import { clockWith } from "../clock-with.ts";
import { loggedEvent as event } from "./logged-event.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };

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

test("waiting events are fired in order, and are marked as delivered when Home Assistant has confirmed them", async () => {
  const { calls, wake, settled } = delivery([event(1), event(2)], []);
  wake();
  wake();
  await settled();
  expect(calls).toEqual(["fire 1", "fire 2", "delivered 1,2"]);
});

test("an event that did not reach Home Assistant waits again, and one that may have reached it is marked as maybe delivered", async () => {
  const { calls, wake, settled } = delivery(
    [event(1), event(2), event(3)],
    [{ kind: "fired" }, { kind: "maybe_delivered" }, { kind: "away" }],
  );
  wake();
  await settled();
  expect(calls.slice(3).toSorted()).toEqual(["delivered 1", "pause", "requeue 2 true", "requeue 3 false"]);
  expect(calls.at(-1)).toBe("pause");
});

test("an event that Home Assistant refuses is marked as rejected, and the next events are fired", async () => {
  const { calls, wake, settled } = delivery([event(1), event(2)], [{ kind: "refused", reason: "no" }]);
  wake();
  await settled();
  expect(calls.slice(2).toSorted()).toEqual(["delivered 2", "reject 1 no"]);
});

test("at most 256 events wait for Home Assistant's confirmation, and they are sent in batches of 64", async () => {
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

test("after an event could not be delivered, no newer event is fired before it", async () => {
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

test("after Home Assistant has refused the app's events, only the oldest 64 events are sent again at first", async () => {
  const fired: unknown[] = [];
  const answers: ((outcome: FireOutcome) => void)[] = [];
  let waiting = Array.from({ length: 65 }, (_none, index) => event(index));
  const { wake, settled } = delivery([], [], {
    takeNext: (limit) => Promise.resolve(waiting.splice(0, limit)),
    requeue(seq) {
      waiting = [event(seq), ...waiting].toSorted((a, b) => a.seq - b.seq);
      return Promise.resolve();
    },
    pause: () => Promise.resolve(),
    isRunning: () => true,
    fire(_type, { n }) {
      fired.push(n);
      return new Promise((resolve) => answers.push(resolve));
    },
  });
  wake();
  await vi.waitFor(() => expect(fired).toHaveLength(65));
  for (const answer of answers.splice(0)) answer({ kind: "forbidden", reason: "not an admin" });
  await vi.waitFor(() => expect(fired).toHaveLength(65 + 64));
  await new Promise((resolve) => setImmediate(resolve));
  expect(fired.slice(65)).not.toContain(64);
  for (const answer of answers.splice(0)) answer({ kind: "fired" });
  await vi.waitFor(() => expect(fired.at(-1)).toBe(64));
  answers[0]?.({ kind: "fired" });
  await settled();
});

test("an event that is read while an older event fails does not overtake the older one", async () => {
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

test("an event that is added at the end of one round of delivery is still delivered in that round", async () => {
  const waiting = [event(1)];
  let reads = 0;
  const { calls, wake, settled } = delivery([], [], {
    takeNext() {
      reads += 1;
      const taken = waiting.splice(0);
      // After the log was read to its end, a new event is stored.
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

test("an event that did not reach Home Assistant is sent again only after a pause", async () => {
  let tries = 0;
  const { calls, wake, settled } = delivery([], [], {
    takeNext: () => Promise.resolve([event(1)]),
    fire: () => {
      tries += 1;
      return Promise.resolve({ kind: "away" });
    },
    // The socket is being closed, but the app has not noticed that yet.
    isRunning: () => tries < 100,
    requeue: () => Promise.resolve(),
  });
  wake();
  await settled();
  expect(calls.length).toBeGreaterThanOrEqual(100 / 4);
});

test("if Home Assistant forbids the app to fire events, the events wait until Home Assistant accepts them, and the reason is logged once", async () => {
  const errors: string[] = [];
  const forbidden: FireOutcome = { kind: "forbidden", reason: "unauthorized: Unauthorized" };
  const back: LoggedEvent[] = [event(1)];
  const outcomes = [forbidden, forbidden];
  const { calls, wake, settled } = delivery([], [], {
    takeNext: (limit) => Promise.resolve(back.splice(0, limit)),
    requeue: (seq) => Promise.resolve(void back.push(event(seq))),
    // The answer comes when the app no longer waits for it.
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
