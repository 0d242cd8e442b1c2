import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";

import { afterEach, beforeEach, expect, test } from "vitest";

import { listen } from "../../../src/app/http/listen.ts";
import type { IncomingRequest, Listener, RequestBindings } from "../../../src/domain/transport.ts";
import { openTcp } from "../../sockets/open-tcp.ts";

let listener: Listener;
/** The requests that Node has parsed, including those that it answers itself. */
let requests = 0;
/** The chunks of bodies that have reached the app. */
let parts = 0;

const countRequest = (): void => void (requests += 1);

function answer(request: Request, { incoming }: RequestBindings): Response | Promise<Response> {
  // Rejected without reading the body, like an unsigned webhook.
  if (new URL(request.url).pathname === "/refused") return new Response("refused", { status: 403 });
  return lengthOf(incoming);
}

async function lengthOf(incoming: IncomingRequest): Promise<Response> {
  let length = 0;
  incoming.on("data", (part: Buffer) => {
    parts += 1;
    length += part.length;
  });
  await once(incoming, "end");
  return new Response(`${length} bytes`);
}

beforeEach(async () => {
  requests = 0;
  parts = 0;
  subscribe("http.server.request.start", countRequest);
  listener = await listen(answer, { host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  unsubscribe("http.server.request.start", countRequest);
  await listener[Symbol.asyncDispose]();
});

/** Sends `text` and returns everything received until the connection closes. */
async function exchange(text: string): Promise<string> {
  const socket = openTcp(listener.port);
  let received = "";
  socket.on("data", (data: Buffer) => (received += data.toString()));
  socket.write(text);
  await once(socket, "close");
  return received;
}

const chunked = (path: string, chunk: string, count: number): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${`${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(count)}0\r\n\r\n`;

test.each([
  ["with a body that the app refuses", "POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na"],
  ["with a body that the app reads", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na"],
  ["without Host", "GET / HTTP/1.1\r\n\r\n"],
  ["with an expectation that Node does not know", "GET / HTTP/1.1\r\nHost: x\r\nExpect: a\r\n\r\n"],
])(
  "a connection that sends a thousand requests %s at the same time is closed after at most three of them",
  async (_what, request) => {
    await exchange(request.repeat(1_000));
    expect(requests).toBeLessThanOrEqual(3);
  },
);

test.each(["/", "/refused"])(
  "a connection that sends a body to %s in 10,000 chunks of one byte is closed",
  async (path) => {
    const received = await exchange(chunked(path, "a", 10_000));
    expect(received).not.toContain("bytes");
    expect(parts).toBeLessThanOrEqual(256);
  },
);

test("a body of 64 kB in chunks of 512 bytes is read, even after another connection was closed for its tiny chunks", async () => {
  for (let count = 0; count < 3; count += 1) {
    await exchange(chunked("/", "a", 10_000));
    expect(await exchange(chunked("/", "a".repeat(512), 128))).toContain("65536 bytes");
  }
});
