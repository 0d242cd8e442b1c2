import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, test } from "vitest";

import { spreadOverTurns } from "../../../src/app/http/spread-over-turns.ts";

interface Connection {
  readonly name: string;
  destroyed: boolean;
}

/** `begun` has the names of the connections whose requests were begun, in order. */
function startTurns() {
  const begun: string[] = [];
  const turns = spreadOverTurns(({ socket }: { readonly socket: Connection }, _outgoing: null) =>
    begun.push(socket.name),
  );
  const connect = (name: string): Connection => ({ name, destroyed: false });
  return {
    begun,
    connect,
    connectMany: (count: number) => Array.from({ length: count }, (_, index) => connect(`flood ${index}`)),
    send: (...connections: readonly Connection[]) => {
      for (const socket of connections) turns.add({ socket }, null);
    },
    connectionAccepted: turns.connectionAccepted,
  };
}

/** Lets turns pass; `eachTurn` is called after each with the names that were begun since it was called last. */
async function passTurns(count: number, begun: string[], eachTurn: (names: readonly string[]) => void) {
  let known = 0;
  for (let turn = 0; turn < count; turn += 1) {
    await nextTurn();
    const names = begun.slice(known);
    known = begun.length;
    eachTurn(names);
  }
}

test("a few requests are begun at once", () => {
  const { begun, send, connectMany } = startTurns();
  send(...connectMany(16));
  expect(begun).toHaveLength(16);
});

test("of many requests at once 16 are begun in each turn, in their order", async () => {
  const { begun, send, connectMany } = startTurns();
  const connections = connectMany(40);
  send(...connections);
  const counts = [begun.length];
  await passTurns(3, begun, () => counts.push(begun.length));
  expect(counts).toEqual([16, 32, 40, 40]);
  expect(begun).toEqual(connections.map(({ name }) => name));
});

test("a request whose connection was closed while it waited is not begun", async () => {
  const { begun, send, connectMany } = startTurns();
  const connections = connectMany(18);
  send(...connections);
  for (const connection of connections.slice(16, 17)) connection.destroyed = true;
  await nextTurn();
  expect(begun.slice(16)).toEqual(["flood 17"]);
});

test.each([
  ["a new connection", false],
  ["a kept connection that was idle", true],
])("a request on %s is begun next, whatever others send without a pause", async (_what, isKept) => {
  const { begun, send, connect, connectMany } = startTurns();
  const honest = connect("honest");
  if (isKept) send(honest);
  const flood = connectMany(200);
  const again = (names: readonly string[]) => send(...flood.filter(({ name }) => names.includes(name)));
  send(...flood);
  // Then each connection has been answered several times, and 184 wait again.
  await passTurns(40, begun, again);
  send(honest);
  await nextTurn();
  expect(begun.slice(-16)).toContain("honest");
});

test("connections that send without a pause take turns", async () => {
  const { begun, send, connectMany } = startTurns();
  const flood = connectMany(64);
  send(...flood);
  await passTurns(40, begun, (names) => send(...flood.filter(({ name }) => names.includes(name))));
  const counts = flood.map(({ name }) => begun.filter((one) => one === name).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});

test("while connections are accepted, two requests are begun in each turn, so that the next is accepted soon", async () => {
  const { begun, send, connectMany, connectionAccepted } = startTurns();
  connectionAccepted();
  send(...connectMany(30));
  const counts = [begun.length];
  await passTurns(3, begun, () => {
    counts.push(begun.length);
    connectionAccepted();
  });
  await passTurns(2, begun, () => counts.push(begun.length));
  expect(counts).toEqual([2, 4, 6, 8, 10, 26]);
});
