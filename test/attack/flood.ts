import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { openTcp } from "../sockets/open-tcp.ts";

/** The app that is attacked, on this machine only. */
export interface FloodTarget {
  readonly port: number;
  /** The account's SID, which an attacker may know. */
  readonly accountSid: string;
  /** A complete signed webhook, as an attacker may find it in a proxy's log. */
  readonly captured: string;
}

/** A way of attacking the public port. It ends when `signal` aborts. */
export type Flood = (target: FloodTarget, signal: AbortSignal, count: FloodCount) => Promise<void>;

/** The requests that a flood has sent. */
export interface FloodCount {
  connections: number;
  requests: number;
  bytes: number;
}

/** The most bytes that all connections of a flood send in a second. */
const MOST_BYTES_A_SECOND = 10_000_000;
/**
 * The pause before a closed connection is opened again, in milliseconds. Without it, the new connections would be a
 * flood themselves.
 */
const OPEN_AGAIN_MS = 500;
/** The longest wait for an answer, in milliseconds. */
const MOST_ANSWER_MS = 2_000;

/**
 * Keeps `connections` connections open, and opens each one again after it was closed. `use` gets each new connection.
 */
export async function holdConnections(
  { port }: FloodTarget,
  signal: AbortSignal,
  count: FloodCount,
  connections: number,
  use: (socket: Socket) => unknown,
): Promise<void> {
  await inParallel(connections, signal, async () => {
    const socket = openTcp(port);
    const stop = (): void => void socket.destroy();
    signal.addEventListener("abort", stop, { once: true });
    count.connections += 1;
    use(socket.resume());
    await closed(socket);
    signal.removeEventListener("abort", stop);
    await pause(OPEN_AGAIN_MS, signal);
  });
}

/**
 * Sends requests on `connections` connections, each after the answer to the one before, and at most 10 MB a second.
 */
export async function sendRepeatedly(
  { port }: FloodTarget,
  signal: AbortSignal,
  count: FloodCount,
  connections: number,
  request: (index: number) => string | Buffer,
): Promise<void> {
  const startedAt = performance.now();
  await inParallel(connections, signal, async (lane) => {
    const socket = lane.socket?.writable === true ? lane.socket : openTcp(port, { noDelay: true });
    if (socket !== lane.socket) count.connections += 1;
    lane.socket = socket;
    const bytes = request(count.requests);
    count.requests += 1;
    count.bytes += bytes.length;
    await sendOne(socket, bytes, signal);
    const aheadMs = (count.bytes * 1_000) / MOST_BYTES_A_SECOND - (performance.now() - startedAt);
    if (aheadMs > 0) await pause(aheadMs, signal);
  });
}

interface Lane {
  socket: Socket | null;
}

async function inParallel(
  lanes: number,
  signal: AbortSignal,
  step: (lane: Lane) => Promise<void>,
): Promise<void> {
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      const lane: Lane = { socket: null };
      while (!signal.aborted) await step(lane);
      lane.socket?.destroy();
    }),
  );
}

/**
 * Sends `bytes`. Resolves at the first byte of an answer, at the end of the connection, or after `MOST_ANSWER_MS`.
 */
async function sendOne(socket: Socket, bytes: string | Buffer, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const isAnswered = new Promise<void>((resolve) => {
    const finish = (): void => {
      socket.off("data", finish).off("close", finish);
      resolve();
    };
    socket.on("data", finish).on("close", finish);
  });
  // `latin1` writes each character as one byte, so that a text can contain any byte.
  socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  const isTimeUp = pause(MOST_ANSWER_MS, AbortSignal.any([done.signal, signal]));
  await Promise.race([isAnswered, isTimeUp]);
  done.abort();
}

/** Resolves when the socket is connected, or has been closed without a connection. */
export function connected(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once("connect", () => resolve()).once("close", () => resolve()));
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

/** Resolves after `ms` milliseconds, or when `signal` aborts. Never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
