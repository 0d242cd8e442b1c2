import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, test } from "vitest";

import { spreadOverTurns } from "../../../src/app/http/spread-over-turns.ts";

/** Sends so many requests in one turn; `begun` has the numbers of those that were begun, in order. */
function send(count: number) {
  const begun: number[] = [];
  const requests = Array.from({ length: count }, (_, index) => ({ index, socket: { destroyed: false } }));
  const answer = spreadOverTurns(({ index }: (typeof requests)[number], _outgoing: null) =>
    begun.push(index),
  );
  for (const incoming of requests) answer(incoming, null);
  return {
    begun,
    close: (index: number) => requests[index] !== undefined && (requests[index].socket.destroyed = true),
  };
}

test("a few requests are begun at once", () => {
  expect(send(16).begun).toHaveLength(16);
});

test("of many requests at once 16 are begun in each turn, in their order", async () => {
  const { begun } = send(40);
  const counts = [begun.length];
  for (let turn = 0; turn < 3; turn += 1) {
    await nextTurn();
    counts.push(begun.length);
  }
  expect(counts).toEqual([16, 32, 40, 40]);
  expect(begun).toEqual(begun.toSorted((a, b) => a - b));
});

test("a request whose connection was closed while it waited is not begun", async () => {
  const { begun, close } = send(18);
  close(16);
  await nextTurn();
  expect(begun.slice(16)).toEqual([17]);
});
