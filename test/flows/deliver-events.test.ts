import { expect, test } from "vitest";

import type { LoggedEvent } from "../../src/domain/logged-event.ts";
import { asDeliveredNow, createEventDelivery } from "../../src/flows/deliver-events.ts";
import type { FireOutcome } from "../../src/flows/deliver-events.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };

function event(seq: number, over: Partial<LoggedEvent> = {}): LoggedEvent {
  return {
    seq,
    type: "twilio_data_received",
    kind: "message",
    data: { n: seq },
    receivedAt: 0,
    unsure: false,
    ...over,
  };
}

function delivery(waiting: LoggedEvent[], outcomes: FireOutcome[]) {
  const happened: string[] = [];
  let isRunning = true;
  const { wake, settled } = createEventDelivery({
    takeNext: () => waiting.splice(0),
    markDelivered: (seqs) => void happened.push(`delivered ${seqs.join()}`),
    putBack(seq, unsure) {
      isRunning = false;
      happened.push(`back ${seq} ${unsure}`);
    },
    setAside: (seq, reason) => void happened.push(`aside ${seq} ${reason}`),
    fire: (_type, data) => {
      happened.push(`fire ${String(data["n"])}`);
      return Promise.resolve(outcomes.shift() ?? { kind: "fired" });
    },
    isRunning: () => isRunning,
    wakeLater: () => void happened.push("later"),
    now: () => 0,
    logger: SILENT,
  });
  return { happened, wake, settled };
}

test("fires what waits in order and counts it as delivered on the answer", async () => {
  const { happened, wake, settled } = delivery([event(1), event(2)], []);
  wake();
  wake();
  await settled();
  expect(happened).toEqual(["fire 1", "fire 2", "delivered 1,2"]);
});

test("what did not arrive waits again, what may have arrived is marked so", async () => {
  const { happened, wake, settled } = delivery(
    [event(1), event(2), event(3)],
    [{ kind: "fired" }, { kind: "unsure" }, { kind: "away" }],
  );
  wake();
  await settled();
  expect(happened.slice(3)).toEqual(["delivered 1", "back 2 true", "back 3 false", "later"]);
});

test("an event that Home Assistant will never take is set aside and does not block the rest", async () => {
  const { happened, wake, settled } = delivery([event(1), event(2)], [{ kind: "refused", reason: "no" }]);
  wake();
  await settled();
  expect(happened.slice(2)).toEqual(["delivered 2", "aside 1 no"]);
});

test.each([
  ["incoming_call", 30],
  ["call", 30],
  ["message", 600],
  ["message_status", 86_400],
  ["call_status", 86_400],
] as const)("a %s acts for %i seconds and is reported as missed afterwards", (kind, seconds) => {
  const given = event(1, { kind });
  expect(asDeliveredNow(given, seconds * 1000)).toEqual({ type: "twilio_data_received", data: { n: 1 } });
  expect(asDeliveredNow(given, seconds * 1000 + 500)).toEqual({
    type: "twilio_data_missed",
    data: { n: 1, age_seconds: seconds + 1 },
  });
});

test("a call that may have opened the gate already never opens it again", () => {
  expect(asDeliveredNow(event(1, { kind: "incoming_call", unsure: true }), 1000)).toEqual({
    type: "twilio_data_missed",
    data: { n: 1, redelivered: true, age_seconds: 1 },
  });
});

test("a message that may have arrived goes again, marked", () => {
  expect(asDeliveredNow(event(1, { unsure: true }), 1000)).toEqual({
    type: "twilio_data_received",
    data: { n: 1, redelivered: true },
  });
});

test("a result is never too old", () => {
  expect(asDeliveredNow(event(1, { type: "twilio_result", kind: null }), 1e12).type).toBe("twilio_result");
});

test("what comes while a round is ending does not wait for the next event", async () => {
  const waiting: LoggedEvent[] = [];
  const fired: number[] = [];
  let reads = 0;
  const { wake, settled } = createEventDelivery({
    takeNext() {
      reads += 1;
      const taken = waiting.splice(0);
      // The log has been read and found empty; now one comes.
      if (reads === 2) {
        waiting.push(event(2));
        wake();
      }
      return taken;
    },
    markDelivered: (seqs) => void fired.push(...seqs),
    putBack: () => {},
    setAside: () => {},
    fire: () => Promise.resolve({ kind: "fired" }),
    isRunning: () => true,
    wakeLater: () => {},
    now: () => 0,
    logger: SILENT,
  });
  waiting.push(event(1));
  wake();
  await settled();
  expect(fired).toEqual([1, 2]);
});

test("an event that does not get through is not tried without a pause", async () => {
  let tries = 0;
  const later: string[] = [];
  const { wake, settled } = createEventDelivery({
    takeNext: () => [event(1)],
    markDelivered: () => {},
    putBack: () => {},
    setAside: () => {},
    fire: () => {
      tries += 1;
      return Promise.resolve({ kind: "away" });
    },
    // The socket is closing, and nobody has noticed yet.
    isRunning: () => tries < 1_000,
    wakeLater: () => void later.push("later"),
    now: () => 0,
    logger: SILENT,
  });
  wake();
  await settled();
  expect(tries).toBe(1);
  expect(later).toEqual(["later"]);
});
