import { createHash } from "node:crypto";

import { beforeEach, expect, test } from "vitest";

import type { EventData } from "../../src/domain/events/outgoing-event.ts";
import { createTestDeliveries } from "../../src/setup/test-deliveries.ts";
import { clockWith } from "../clock-with.ts";

const HELLO = { kind: "message", to: "Alice", text: "Hello" } as const;

let requested: EventData[];
let isAway: boolean;
let now: number;
beforeEach(() => {
  [requested, isAway, now] = [[], false, 1_000_000];
});

function createDeliveries(known: readonly string[] = []) {
  return createTestDeliveries({
    request: async (data) => requested.push(data),
    commands: {
      progressOf: (id) =>
        known.includes(id)
          ? { result: null, deliveries: [{ to: "+12125550123", state: "waiting", sid: null }] }
          : null,
    },
    statuses: { of: () => null },
    isAway: () => isAway,
    hash: (text) => createHash("sha256").update(text).digest("hex"),
    clock: clockWith({ now: () => now }),
  });
}

test("a second click on the same page repeats the request_id, so that the test is not sent again", () => {
  const { send } = createDeliveries();
  const id = send(HELLO, "page 1");
  expect(send(HELLO, "page 1")).toBe(id);
  expect(requested.map(({ request_id: asked }) => asked)).toEqual([id, id]);
});

test("a click on another page, or with other fields of the test, makes a new test request", () => {
  const { send } = createDeliveries();
  const ids = [
    send(HELLO, "1"),
    send(HELLO, "2"),
    send({ ...HELLO, kind: "call" }, "1"),
    send({ ...HELLO, to: "Bob" }, "1"),
    send({ ...HELLO, text: "Bye" }, "1"),
  ];
  expect(new Set(ids).size).toBe(5);
});

test("a test message is shown as waiting only while Home Assistant is not running", () => {
  const { send, progress } = createDeliveries();
  const id = send(HELLO, "1");
  expect(progress(id).stage).toBe("sending");
  isAway = true;
  expect(progress(id).stage).toBe("pending");
});

test("a test message whose request is not accepted in time is shown as unknown", () => {
  const { send, progress } = createDeliveries(["panel_known"]);
  const id = send(HELLO, "1");
  now += 30_000;
  expect(progress(id).stage).toBe("sending");
  now += 1;
  expect(progress(id).stage).toBe("unknown");
  expect(progress("panel_known").stage).toBe("sending");
});

test("a test message that was requested while Home Assistant was away gets its full time after the connection returns", () => {
  const { send, progress } = createDeliveries();
  const id = send(HELLO, "1");
  isAway = true;
  now += 600_000;
  expect(progress(id).stage).toBe("pending");
  isAway = false;
  now += 500;
  expect(progress(id).stage).toBe("sending");
});
