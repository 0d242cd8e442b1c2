import type { Socket } from "node:net";

import { expect, test } from "vitest";

import { checkHealth } from "../../../src/app/commands/health.ts";
import { freePort } from "../../sockets/free-port.ts";
import { startTcp } from "../../sockets/start-server.ts";

/** Checks the health of a server that handles each connection like this. */
async function healthOf(
  answer: (socket: Socket) => void,
  { host = "127.0.0.1", patienceMs }: { host?: string; patienceMs?: number } = {},
): Promise<boolean> {
  await using server = await startTcp((socket) => socket.once("data", () => answer(socket)));
  return await checkHealth(host, server.port, patienceMs);
}

const OK =
  "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";

test.each(["127.0.0.1", "0.0.0.0", "::", "localhost"])(
  "with the LISTEN_HOST %s, the `health` command calls an app that answers 200 healthy",
  async (host) => {
    expect(await healthOf((socket) => socket.end(OK), { host })).toBe(true);
  },
);

test("the `health` command reads the status of a response that arrives in several parts", async () => {
  const isHealthy = healthOf((socket) => {
    socket.setNoDelay();
    socket.write("HTTP/1.1 2", () => socket.end("00 OK\r\ncontent-length: 0\r\n\r\n"));
  });
  expect(await isHealthy).toBe(true);
});

test.each<[string, (socket: Socket) => void]>([
  ["answers 503", (socket) => socket.end(OK.replace("200 OK", "503 Service Unavailable"))],
  ["answers 404 with 200 in its text", (socket) => socket.end("HTTP/1.1 404 No\r\n\r\nHTTP/1.1 200 OK")],
  ["speaks no HTTP", (socket) => socket.end("220 mail.example.com ESMTP\r\n")],
  ["ends the connection", (socket) => socket.end()],
  ["resets the connection", (socket) => socket.resetAndDestroy()],
])("the `health` command does not call a server healthy that %s", async (_what, answer) => {
  expect(await healthOf(answer)).toBe(false);
});

test("the `health` command does not call the app healthy if nothing listens", async () => {
  expect(await checkHealth("127.0.0.1", await freePort())).toBe(false);
});

test("the `health` command does not call a server healthy that gives no answer within `patienceMs`", async () => {
  expect(await healthOf(() => {}, { patienceMs: 50 })).toBe(false);
});
