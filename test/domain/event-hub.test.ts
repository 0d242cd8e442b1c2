import { expect, test } from "vitest";

import { createEventHub } from "../../src/domain/event-hub.ts";

function openHub() {
  const turns: (() => void)[] = [];
  const errors: unknown[] = [];
  const hub = createEventHub<string>({
    clock: { nextTurn: (run) => void turns.push(run) },
    onListenerError: (error) => void errors.push(error),
  });
  /** Runs one turn of the event loop. Functions that are added meanwhile wait for the next turn. */
  function turn(): void {
    for (const run of turns.splice(0)) run();
  }
  return { ...hub, errors, turn };
}

test("every listener of the event hub receives all events, in order", () => {
  const { publish, subscribe, turn } = openHub();
  const [first, second]: [string[], string[]] = [[], []];
  subscribe((event) => first.push(event));
  subscribe((event) => second.push(event));
  publish("a");
  publish("b");
  turn();
  publish("c");
  turn();
  expect([first, second]).toEqual([
    ["a", "b", "c"],
    ["a", "b", "c"],
  ]);
});

test("the event hub calls no listener before `publish` has returned", () => {
  const { publish, subscribe, turn } = openHub();
  const received: string[] = [];
  subscribe((event) => received.push(event));
  publish("a");
  expect(received).toEqual([]);
  turn();
  expect(received).toEqual(["a"]);
});

test("an error of one listener of the event hub reaches neither the publisher nor the other listeners", async () => {
  const { publish, subscribe, turn, errors } = openHub();
  const received: string[] = [];
  const [thrown, rejected] = [new Error("thrown"), new Error("rejected")];
  subscribe(() => {
    throw thrown;
  });
  subscribe(() => Promise.reject(rejected));
  subscribe((event) => received.push(event));
  publish("a");
  publish("b");
  turn();
  await expect.poll(() => errors).toEqual([thrown, thrown, rejected, rejected]);
  expect(received).toEqual(["a", "b"]);
});

test("`publish` of the event hub does not wait for a slow listener", () => {
  const { publish, subscribe, turn } = openHub();
  const received: string[] = [];
  subscribe(() => new Promise(() => {}));
  subscribe((event) => received.push(event));
  publish("a");
  publish("b");
  turn();
  expect(received).toEqual(["a", "b"]);
});

test("an ended subscription of the event hub receives nothing, even if the same function has another subscription", () => {
  const { publish, subscribe, turn } = openHub();
  const received: string[] = [];
  const listener = (event: string): unknown => received.push(event);
  const leave = subscribe(listener);
  subscribe(listener);
  publish("a");
  leave();
  turn();
  expect(received).toEqual(["a"]);
});

test("an event that a listener publishes is delivered in the next turn of the event loop", () => {
  const { publish, subscribe, turn } = openHub();
  const received: string[] = [];
  subscribe((event) => {
    received.push(event);
    if (event === "a") publish("of a");
  });
  publish("a");
  publish("b");
  turn();
  expect(received).toEqual(["a", "b"]);
  turn();
  expect(received).toEqual(["a", "b", "of a"]);
});
