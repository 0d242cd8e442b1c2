import { once } from "node:events";
import type { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";

import { afterEach, describe, expect, test, vi } from "vitest";

import { listen } from "../../../src/app/http/listen.ts";
import type { Listener, RequestBindings } from "../../../src/domain/transport.ts";
import { awakeTime } from "../../awake-time.ts";
import { openTcp } from "../../sockets/open-tcp.ts";

const MOST = 8;

let listener: Listener | null = null;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listener?.[Symbol.asyncDispose]();
  listener = null;
});

/**
 * Answers at once, but `/held` when `release` is called. `/held` and `/trusted` are trusted requests. All bytes of
 * `/streamed` are sent at once, and its response ends when `release` is called.
 */
async function start(): Promise<{ readonly release: () => void; readonly requests: string[] }> {
  const held = Promise.withResolvers<void>();
  const requests: string[] = [];
  async function answer(request: Request, { trust }: RequestBindings): Promise<Response> {
    const { pathname } = new URL(request.url);
    requests.push(pathname);
    if (pathname !== "/") trust?.();
    if (pathname === "/held") await held.promise;
    return pathname === "/streamed" ? streamed(held.promise) : new Response("answer");
  }
  listener = await listen(answer, { host: "127.0.0.1", port: 0, maxConnections: MOST });
  return { release: held.resolve, requests };
}

function streamed(ended: Promise<void>): Response {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode("answer"));
      await ended;
      controller.close();
    },
  });
  return new Response(body, { headers: { "Content-Length": "6" } });
}

function open(): Socket {
  const socket = openTcp(listener?.port ?? 0);
  sockets.push(socket);
  return socket;
}

async function openSilent(): Promise<Socket> {
  const socket = open().resume();
  await once(socket, "connect");
  return socket;
}

/** The response to a request on its own connection, which stays open; empty if the connection is closed instead. */
async function ask(path: string, socket = open()): Promise<string> {
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  return await new Promise((resolve) => {
    const closed = (): void => resolve("");
    socket.once("close", closed);
    socket.once("data", (data: Buffer) => {
      socket.off("close", closed);
      resolve(data.toString());
    });
  });
}

const isOpen = (socket: Socket): boolean => !socket.destroyed && socket.readable;
const openOnes = (all: readonly Socket[]): number => all.filter(isOpen).length;

describe("while all connections of the app's port are in use,", () => {
  test("a new request is still answered, because the app closes the connections that have been silent longest", async () => {
    await start();
    const silent: Socket[] = [];
    for (let count = 0; count < 3 * MOST; count += 1) silent.push(await openSilent());
    for (let count = 0; count < 3; count += 1) expect(await ask("/trusted")).toContain("answer");
    await vi.waitFor(() => expect(openOnes(silent)).toBe(MOST - 3));
    expect(silent.slice(-(MOST - 3)).every(isOpen)).toBe(true);
  });

  test("the app closes a connection that sends its request slowly, but no connection whose request the app is answering", async () => {
    const { release, requests } = await start();
    const slow = await openSilent();
    slow.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
    await vi.waitFor(() => expect(requests).toEqual(["/"]));
    const held = ask("/held");
    await vi.waitFor(() => expect(requests).toEqual(["/", "/held"]));
    for (let count = 0; count < 3 * MOST; count += 1) await openSilent();
    await vi.waitFor(() => expect(isOpen(slow)).toBe(false));
    release();
    expect(await held).toContain("answer");
  });

  test("the app closes strangers' connections before a connection that has carried a correctly signed request", async () => {
    await start();
    const trusted = open();
    expect(await ask("/trusted", trusted)).toContain("answer");
    for (let count = 0; count < 3 * MOST; count += 1) await ask("/");
    expect(await ask("/trusted", trusted)).toContain("answer");
  });

  test("and each is idle and has carried a correctly signed request, several new connections are still accepted", async () => {
    await start();
    for (let count = 0; count < MOST; count += 1) expect(await ask("/trusted")).toContain("answer");
    const first = await openSilent();
    for (let count = 0; count < 3; count += 1) await openSilent();
    expect(isOpen(first)).toBe(true);
    expect(await ask("/", first)).toContain("answer");
  });

  test("and the app is answering a request on each of them, a new connection is closed", async () => {
    const { release, requests } = await start();
    const held = Array.from({ length: MOST }, () => ask("/held"));
    await vi.waitFor(() => expect(requests).toHaveLength(MOST));
    expect(await ask("/trusted")).toBe("");
    release();
    for (const answer of await Promise.all(held)) expect(answer).toContain("answer");
    expect(await ask("/trusted")).toContain("answer");
  });
});

test("a connection that sends several requests before the first response is closed", async () => {
  const { requests } = await start();
  const socket = open();
  socket.resume().write("GET /held HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500));
  await once(socket, "close");
  expect(requests.length).toBeLessThanOrEqual(1);
});

// A client that has the whole response may reuse the connection before the server has ended the response.
test.each([
  ["/streamed", "answer"],
  ["/held", ""],
])(
  "one further request that arrives during the response to %s is answered after that response",
  async (path, sent) => {
    const { release, requests } = await start();
    const socket = open();
    let received = "";
    socket.on("data", (data: Buffer) => (received += data.toString()));
    const send = (to: string): boolean => socket.write(`GET ${to} HTTP/1.1\r\nHost: x\r\n\r\n`);
    send(path);
    await vi.waitFor(() => expect(requests).toEqual([path]));
    await vi.waitFor(() => expect(received).toContain(sent));
    send("/trusted");
    await setImmediate();
    release();
    await vi.waitFor(() => expect(received.match(/answer/g)).toHaveLength(2));
    expect(requests).toEqual([path, "/trusted"]);
  },
);

test("a connection can send a second request after the first response", async () => {
  await start();
  const socket = open();
  for (let count = 0; count < 20; count += 1) expect(await ask("/", socket)).toContain("answer");
});

test.concurrent.each([
  ["sends nothing", ""],
  ["sends a part of a head", "POST / HTTP/1.1\r\nHost: x\r\n"],
  ["sends a part of a body", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"],
  ["sends a body in pieces", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n"],
])("a connection that %s is closed after about 15 s", async (_what, sent) => {
  await using own = await listen(
    async (_request, { incoming }) => {
      await once(incoming.resume(), "close");
      return new Response("");
    },
    { host: "127.0.0.1", port: 0 },
  );
  const socket = openTcp(own.port);
  const [startedAt, awakeAt] = [performance.now(), awakeTime()];
  if (sent !== "") socket.write(sent);
  await once(socket.resume(), "close");
  const seconds = (performance.now() - startedAt) / 1_000;
  expect(seconds).toBeGreaterThan(13);
  // Without a shorter interval, Node checks connections every 30 s, so that one would be closed after 30 or 45 s.
  expect((awakeTime() - awakeAt) / 1_000).toBeLessThan(28);
});
