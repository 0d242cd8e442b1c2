import type { Socket } from "node:net";

import { openTcp } from "../sockets/open-tcp.ts";
import { connected, holdConnections, pause } from "./flood.ts";
import type { Flood } from "./flood.ts";
import { filled, FORGED, forgedPost } from "./http-text.ts";

/** How many connections a flood opens: more than the app has file descriptors. */
const MANY = 1_200;

/** Requests that are sent without waiting for an answer. Node itself answers the third and the fourth. */
const PIPELINED = [
  "GET /webhook HTTP/1.1\r\nHost: x\r\n\r\n",
  "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na",
  "GET /webhook HTTP/1.1\r\n\r\n",
  "GET /webhook HTTP/1.1\r\nHost: x\r\nExpect: a\r\n\r\n",
];

/** Floods that hold or open connections. */
export const CONNECTION_FLOODS: Readonly<Record<string, Flood>> = {
  "silent connections": (target, signal, count) => holdConnections(target, signal, count, MANY, () => {}),

  "half-open connections": (target, signal, count) =>
    holdConnections(target, signal, count, MANY, (socket) => socket.end()),

  "slow heads": (target, signal, count) =>
    holdConnections(target, signal, count, 500, (socket) =>
      trickle(socket, "POST /webhook HTTP/1.1\r\nHost: x\r\n", "X-Slow: 1\r\n"),
    ),

  "slow bodies": (target, signal, count) =>
    holdConnections(target, signal, count, 500, (socket) =>
      trickle(socket, forgedPost("x".repeat(1_000)).slice(0, -900), "x"),
    ),

  "answers that nobody reads": (target, signal, count) =>
    holdConnections(target, signal, count, 300, (socket) => {
      socket.pause();
      socket.write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
      count.requests += 1;
    }),

  "pipelined requests": (target, signal, count) =>
    holdConnections(target, signal, count, 50, (socket) => {
      const requests = filled(65_536, PIPELINED[count.connections % PIPELINED.length] ?? "");
      count.bytes += requests.length;
      socket.write(requests);
    }),

  "bodies in chunks of one byte": (target, signal, count) =>
    holdConnections(target, signal, count, 50, (socket) => {
      const head = "POST /webhook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n";
      const signature = count.connections % 2 === 0 ? `X-Twilio-Signature: ${FORGED}\r\n` : "";
      const request = `${head}${signature}\r\n${filled(65_000, "1\r\na\r\n")}`;
      count.bytes += request.length;
      socket.write(request);
    }),

  /** Opens connections and resets them, as fast as one thread can. */
  "reset connections": async ({ port }, signal, count) => {
    while (!signal.aborted) {
      const sockets = Array.from({ length: 50 }, () => openTcp(port));
      await Promise.all(sockets.map(connected));
      for (const socket of sockets) socket.resetAndDestroy();
      count.connections += sockets.length;
      await pause(25, signal);
    }
  },

  /** Sends large forms on 300 connections except for their last bytes, and then all last bytes at the same time. */
  "forms that end together": async ({ port }, signal, count) => {
    const form = forgedPost(filled(65_500, "a=1&b=2&").slice(0, 3_990) + "x".repeat(61_000));
    while (!signal.aborted) {
      const sockets = Array.from({ length: 300 }, () => openTcp(port));
      for (const socket of sockets) socket.resume().write(form.slice(0, -1));
      count.connections += sockets.length;
      count.requests += sockets.length;
      count.bytes += sockets.length * form.length;
      await pause(1_000, signal);
      for (const socket of sockets) if (socket.writable) socket.write("x");
      await pause(1_000, signal);
      for (const socket of sockets) socket.destroy();
    }
  },
};

/** Sends `first`, and then `more` four times a second. */
function trickle(socket: Socket, first: string, more: string): void {
  socket.write(first);
  const timer = setInterval(() => void socket.write(more), 250);
  socket.once("close", () => clearInterval(timer));
}
