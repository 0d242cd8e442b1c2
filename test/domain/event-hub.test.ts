import { expect, test } from "vitest";

import { createEventHub } from "../../src/domain/event-hub.ts";

function openHub() {
  const turns: (() => void)[] = [];
  const errors: unknown[] = [];
  const hub = createEventHub<string>({
    clock: { nextTurn: (run) => void turns.push(run) },
    onListenerError: (error) => void errors.push(error),
  });
  /** Runs what waits for the next turn of the event loop; what is added meanwhile waits for the one after. */
  function turn(): void {
    for (const run of turns.splice(0)) run();
  }
  return { ...hub, errors, turn };
}

test("every listener is told all events, in order", () => {
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

test("no listener runs before the publisher has gone on", () => {
  const { publish, subscribe, turn } = openHub();
  const heard: string[] = [];
  subscribe((event) => heard.push(event));
  publish("a");
  expect(heard).toEqual([]);
  turn();
  expect(heard).toEqual(["a"]);
});

test("a listener's error reaches neither the publisher nor the other listeners", async () => {
  const { publish, subscribe, turn, errors } = openHub();
  const heard: string[] = [];
  const [thrown, rejected] = [new Error("thrown"), new Error("rejected")];
  subscribe(() => {
    throw thrown;
  });
  subscribe(() => Promise.reject(rejected));
  subscribe((event) => heard.push(event));
  publish("a");
  publish("b");
  turn();
  await expect.poll(() => errors).toEqual([thrown, thrown, rejected, rejected]);
  expect(heard).toEqual(["a", "b"]);
});

test("a listener that takes its time is not waited for", () => {
  const { publish, subscribe, turn } = openHub();
  const heard: string[] = [];
  subscribe(() => new Promise(() => {}));
  subscribe((event) => heard.push(event));
  publish("a");
  publish("b");
  turn();
  expect(heard).toEqual(["a", "b"]);
});

test("whoever has left is told nothing more, though the same function still listens elsewhere", () => {
  const { publish, subscribe, turn } = openHub();
  const heard: string[] = [];
  const listener = (event: string): unknown => heard.push(event);
  const leave = subscribe(listener);
  subscribe(listener);
  publish("a");
  leave();
  turn();
  expect(heard).toEqual(["a"]);
});

test("what a listener publishes comes in the turn after", () => {
  const { publish, subscribe, turn } = openHub();
  const heard: string[] = [];
  subscribe((event) => {
    heard.push(event);
    if (event === "a") publish("of a");
  });
  publish("a");
  publish("b");
  turn();
  expect(heard).toEqual(["a", "b"]);
  turn();
  expect(heard).toEqual(["a", "b", "of a"]);
});
