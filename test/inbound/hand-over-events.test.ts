import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, test } from "vitest";

import { createEventDelivery } from "../../src/inbound/deliver-events.ts";
import type { LoggedEvent } from "../../src/inbound/logged-event.ts";
import type { FireOutcome } from "../../src/inbound/ports.ts";
import { clockWith } from "../clock-with.ts";

const logger = { debug() {}, info() {}, warning() {}, error() {} };

function event(seq: number): LoggedEvent {
  return {
    seq,
    type: "twilio_data_received",
    kind: "message",
    data: { n: seq },
    receivedAt: 0,
    maybeDelivered: false,
    stale: false,
  };
}

/**
 * The delivery of events from a log in memory. Home Assistant answers by `answer`, which is `fired` unless a test
 * replaces it.
 */
function startDelivery() {
  const fired: unknown[] = [];
  const requeued: string[] = [];
  let waiting: LoggedEvent[] = [];
  const state = {
    isRunning: true,
    answer: (_seq: number): Promise<FireOutcome> => Promise.resolve({ kind: "fired" }),
  };
  const stopping = new AbortController();
  const delivery = createEventDelivery(
    {
      queue: {
        takeNext: (limit) => Promise.resolve(waiting.splice(0, limit)),
        markDelivered: () => Promise.resolve(),
        requeue(seq, maybeDelivered) {
          requeued.push(`${seq} ${maybeDelivered}`);
          waiting = [...waiting, event(seq)].toSorted((one, other) => one.seq - other.seq);
          return Promise.resolve();
        },
        reject: () => Promise.resolve(),
      },
      homeAssistant: {
        isRunning: () => state.isRunning,
        fire(_type, { n }) {
          fired.push(n);
          return state.answer(Number(n));
        },
      },
      clock: clockWith({ now: () => 0, wait: () => nextTurn() }),
      logger,
    },
    stopping.signal,
  );
  return {
    ...delivery,
    fired,
    requeued,
    state,
    stopping,
    add: (seq: number) => void waiting.push(event(seq)),
  };
}

/** Passes new events on, as if one commit had stored them. */
function handOver({ handOver: begin }: ReturnType<typeof startDelivery>, ...seqs: number[]): boolean {
  const handover = begin(seqs.length);
  handover?.take(seqs.map(event));
  handover?.end();
  return handover !== null;
}

test("a new event is fired in the next turn of the event loop, so that Twilio gets its answer first", async () => {
  const delivery = startDelivery();
  expect(handOver(delivery, 1)).toBe(true);
  expect(handOver(delivery, 2, 3)).toBe(true);
  expect(delivery.fired).toEqual([]);
  await delivery.settled();
  expect(delivery.fired).toEqual([1, 2, 3]);
});

test("while the app reads waiting events from the journal, new events are read from the journal, too, and not fired from memory", async () => {
  const delivery = startDelivery();
  delivery.add(1);
  delivery.wake();
  expect(handOver(delivery, 2)).toBe(false);
  delivery.add(2);
  await delivery.settled();
  expect(delivery.fired).toEqual([1, 2]);
});

test("while a new event is being stored, the app reads the journal only after it has fired the new event", async () => {
  const delivery = startDelivery();
  const handover = delivery.handOver(1);
  delivery.add(2);
  delivery.wake();
  await nextTurn();
  expect(delivery.fired).toEqual([]);
  handover?.take([event(1)]);
  handover?.end();
  await delivery.settled();
  expect(delivery.fired).toEqual([1, 2]);
});

test("if a webhook that was being stored turns out to have no event, the app reads the journal again", async () => {
  const delivery = startDelivery();
  const handover = delivery.handOver(1);
  delivery.add(1);
  handover?.end();
  await delivery.settled();
  expect(delivery.fired).toEqual([1]);
});

test.each([
  ["Home Assistant is away", ({ state }: ReturnType<typeof startDelivery>) => void (state.isRunning = false)],
  ["the app stops", ({ stopping }: ReturnType<typeof startDelivery>) => stopping.abort()],
])("while %s, new events are fired only after the app has read them from the journal", (_when, change) => {
  const delivery = startDelivery();
  change(delivery);
  expect(handOver(delivery, 1)).toBe(false);
});

test("at most 256 events are fired at the same time, whether they are new or read from the journal", async () => {
  const delivery = startDelivery();
  const answers: (() => void)[] = [];
  delivery.state.answer = () => new Promise((resolve) => answers.push(() => resolve({ kind: "fired" })));
  for (let seq = 1; seq <= 256; seq += 1) expect(handOver(delivery, seq)).toBe(true);
  expect(handOver(delivery, 257)).toBe(false);
  delivery.add(257);
  await nextTurn();
  await nextTurn();
  expect(delivery.fired).toHaveLength(256);
  for (const answer of answers.splice(0)) answer();
  await nextTurn();
  while (answers.length > 0) answers.pop()?.();
  await delivery.settled();
  expect(delivery.fired).toHaveLength(257);
});

test("new events that arrive while an older event fails are fired after the older one", async () => {
  const delivery = startDelivery();
  const failing = Promise.withResolvers<FireOutcome>();
  delivery.state.answer = () => failing.promise;
  handOver(delivery, 1);
  await nextTurn();
  const handover = delivery.handOver(1);
  failing.resolve({ kind: "away" });
  delivery.state.answer = () => Promise.resolve({ kind: "fired" });
  await nextTurn();
  expect(handOver(delivery, 9)).toBe(false);
  handover?.take([event(2)]);
  handover?.end();
  await delivery.settled();
  expect(delivery.fired).toEqual([1, 1, 2]);
  expect(delivery.requeued).toEqual(["1 false", "2 false"]);
});
