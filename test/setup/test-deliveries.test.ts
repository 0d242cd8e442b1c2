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

function sends(known: readonly string[] = []) {
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

test("a second click asks for the same once more, which is not sent again", () => {
  const { send } = sends();
  const id = send(HELLO, "page 1");
  expect(send(HELLO, "page 1")).toBe(id);
  expect(requested.map(({ request_id: asked }) => asked)).toEqual([id, id]);
});

test("the same from another page, and something else from the same, is a request of its own", () => {
  const { send } = sends();
  const ids = [
    send(HELLO, "1"),
    send(HELLO, "2"),
    send({ ...HELLO, kind: "call" }, "1"),
    send({ ...HELLO, to: "Bob" }, "1"),
    send({ ...HELLO, text: "Bye" }, "1"),
  ];
  expect(new Set(ids).size).toBe(5);
});

test("it waits for Home Assistant only while that is away", () => {
  const { send, progress } = sends();
  const id = send(HELLO, "1");
  expect(progress(id).stage).toBe("sending");
  isAway = true;
  expect(progress(id).stage).toBe("heard");
});

test("what the app still does not know after its time is not waited for", () => {
  const { send, progress } = sends(["panel_known"]);
  const id = send(HELLO, "1");
  now += 30_000;
  expect(progress(id).stage).toBe("sending");
  now += 1;
  expect(progress(id).stage).toBe("unknown");
  expect(progress("panel_known").stage).toBe("sending");
});

test("what was heard while Home Assistant was away has its time when that is back", () => {
  const { send, progress } = sends();
  const id = send(HELLO, "1");
  isAway = true;
  now += 600_000;
  expect(progress(id).stage).toBe("heard");
  isAway = false;
  now += 500;
  expect(progress(id).stage).toBe("sending");
});
