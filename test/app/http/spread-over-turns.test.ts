import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, test } from "vitest";

import { spreadOverTurns } from "../../../src/app/http/spread-over-turns.ts";

interface Connection {
  readonly name: string;
  destroyed: boolean;
}

/** A request of which the first `size` bytes of the body have arrived. */
class FakeRequest {
  readonly socket: Connection;
  readonly body: Buffer;

  constructor(socket: Connection, length: number) {
    this.socket = socket;
    this.body = Buffer.from(new ArrayBuffer(length));
  }

  get readableLength(): number {
    return this.body.length;
  }

  read(): Buffer {
    return this.body;
  }

  destroy(): void {
    this.socket.destroyed = true;
  }
}

/**
 * Starts requests on fake connections. `begun` has the names of the connections whose requests were started, in
 * order.
 */
function startTurns() {
  const begun: string[] = [];
  const turns = spreadOverTurns(({ socket }: FakeRequest, _outgoing: null) => begun.push(socket.name));
  const connect = (name: string): Connection => ({ name, destroyed: false });
  const sendLarge = (connections: readonly Connection[], length: number): FakeRequest[] =>
    connections.map((socket) => {
      const request = new FakeRequest(socket, length);
      turns.add(request, null);
      return request;
    });
  return {
    begun,
    connect,
    connectMany: (count: number) => Array.from({ length: count }, (_, index) => connect(`flood ${index}`)),
    send: (...connections: readonly Connection[]) => void sendLarge(connections, 0),
    sendLarge,
    connectionAccepted: turns.connectionAccepted,
  };
}

/**
 * Lets turns of the event loop pass. After each turn, `eachTurn` gets the names that were started since its last
 * call.
 */
async function passTurns(count: number, begun: string[], eachTurn: (names: readonly string[]) => void) {
  let known = 0;
  for (let turn = 0; turn < count; turn += 1) {
    await nextTurn();
    const names = begun.slice(known);
    known = begun.length;
    eachTurn(names);
  }
}

test("requests on 16 connections at the same time are all started at once", () => {
  const { begun, send, connectMany } = startTurns();
  send(...connectMany(16));
  expect(begun).toHaveLength(16);
});

test("of 40 requests at the same time, 16 are started in each turn of the event loop, in order", async () => {
  const { begun, send, connectMany } = startTurns();
  const connections = connectMany(40);
  send(...connections);
  const counts = [begun.length];
  await passTurns(3, begun, () => counts.push(begun.length));
  expect(counts).toEqual([16, 32, 40, 40]);
  expect(begun).toEqual(connections.map(({ name }) => name));
});

test("a waiting request whose connection closes is not started", async () => {
  const { begun, send, connectMany } = startTurns();
  const connections = connectMany(18);
  send(...connections);
  for (const connection of connections.slice(16, 17)) connection.destroyed = true;
  await nextTurn();
  expect(begun.slice(16)).toEqual(["flood 17"]);
});

test.each([
  ["a new connection", false],
  ["an open connection that was idle", true],
])(
  "a request on %s is started next, even while 200 other connections send without a pause",
  async (_what, isIdle) => {
    const { begun, send, connect, connectMany } = startTurns();
    const honest = connect("honest");
    if (isIdle) send(honest);
    const flood = connectMany(200);
    const again = (names: readonly string[]) => send(...flood.filter(({ name }) => names.includes(name)));
    send(...flood);
    // By then, each connection has been answered several times, and 184 connections wait again.
    await passTurns(40, begun, again);
    send(honest);
    await nextTurn();
    expect(begun.slice(-16)).toContain("honest");
  },
);

test("connections that send without a pause get their requests started equally often", async () => {
  const { begun, send, connectMany } = startTurns();
  const flood = connectMany(64);
  send(...flood);
  await passTurns(40, begun, (names) => send(...flood.filter(({ name }) => names.includes(name))));
  const counts = flood.map(({ name }) => begun.filter((one) => one === name).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});

test("while new connections arrive, only two requests are started in each turn of the event loop, so that connections are accepted soon", async () => {
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

test("only one request with a large body is started in each turn of the event loop, and small requests overtake the others", async () => {
  const { begun, connect, connectMany, send, sendLarge } = startTurns();
  sendLarge(connectMany(5), 20_000);
  send(connect("small"), connect("smaller"));
  const turns: (readonly string[])[] = [];
  await passTurns(3, begun, (names) => turns.push(names));
  expect(turns).toEqual([["flood 0", "flood 1", "small", "smaller"], ["flood 2"], ["flood 3"]]);
});

test("if more than 32 requests with large bodies wait, those that are last in the order are closed, and their memory is freed", async () => {
  const { begun, connect, connectMany, send, sendLarge } = startTurns();
  const busy = connect("busy");
  send(busy);
  const first = sendLarge([connect("first"), busy], 65_536);
  const others = sendLarge(connectMany(32), 65_536);
  const isClosed = ({ socket, body }: FakeRequest): boolean =>
    socket.destroyed && body.buffer.byteLength === 0;
  expect(first.map(isClosed)).toEqual([false, true]);
  expect(others.filter(isClosed)).toEqual([]);
  await passTurns(40, begun, () => undefined);
  expect(begun).toEqual(["busy", "first", ...others.map(({ socket }) => socket.name)]);
});

test("requests with small bodies are never closed, even if 300 of them wait", async () => {
  const { begun, connectMany, send } = startTurns();
  const connections = connectMany(300);
  send(...connections);
  await passTurns(20, begun, () => undefined);
  expect(begun).toHaveLength(300);
  expect(connections.filter(({ destroyed }) => destroyed)).toEqual([]);
});
