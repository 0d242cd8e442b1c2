import { Connection, ERR_CANNOT_CONNECT, ERR_INVALID_AUTH } from "home-assistant-js-websocket";

import type { Clock } from "../../domain/clock.ts";
import type { Transport } from "../../domain/transport.ts";
import type { ConnectionProblem } from "./connection-news.ts";
import { openSocket } from "./open-socket.ts";
import type { ClosableSocket } from "./open-socket.ts";
import { backoffMs } from "./timings.ts";
import type { Timings } from "./timings.ts";

export interface KeepConnectedOptions {
  readonly url: string;
  readonly token: string;
  readonly timings: Timings;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Gets each received text before the library home-assistant-js-websocket gets it. */
  readonly onText: (text: string) => void;
  /**
   * Called with each new connection. `lost` aborts when the connection ends. Resolves with whether Core's state became
   * RUNNING during this connection.
   */
  readonly onConnected: (connection: Connection, lost: AbortSignal) => Promise<boolean>;
  readonly onProblem: (problem: ConnectionProblem, why: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Keeps a connection to Home Assistant until `signal` aborts: it connects again after each loss. Resolves when the last
 * connection is closed.
 *
 * The library home-assistant-js-websocket can reconnect as well, but it gives up after a refused token. Also, its
 * `close()` stops neither its retry timer nor a socket that is being opened.
 */
export async function keepConnected(options: KeepConnectedOptions): Promise<void> {
  const { timings, clock, signal, onProblem } = options;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const socket = await openSocket({ ...options, ...timings });
      const end = await useSocket(socket, options);
      failures = end.wasRunning ? 0 : failures + 1;
      if (!signal.aborted) onProblem("away", end.why);
      await clock.wait(backoffMs(failures, timings), signal);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      const refused = error === ERR_INVALID_AUTH;
      if (refused)
        onProblem("refused", "it refuses the access token. Create a new token, or restart the app");
      else onProblem("away", "it cannot be reached");
      await clock.wait(refused ? timings.refusedRetryMs : backoffMs(failures, timings), signal);
    }
  }
}

async function useSocket(
  socket: ClosableSocket,
  { timings, clock, signal, onConnected }: KeepConnectedOptions,
): Promise<{ wasRunning: boolean; why: string }> {
  const connection = new Connection(socket, {
    setupRetry: 0,
    // eslint-disable-next-line typescript/prefer-promise-reject-errors -- the library compares numbers, and never calls
    // this
    createSocket: () => Promise.reject(ERR_CANNOT_CONNECT),
  });
  const lost = new AbortController();
  let why = "the connection was lost";
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener("close", () => {
      // The library has already rejected all open commands except subscriptions. `close()` keeps it from reconnecting.
      connection.close();
      lost.abort();
      resolve();
    });
  });
  const end = (): void => {
    connection.close();
    void clock.wait(timings.closeMs, lost.signal).then(() => socket.terminate());
  };
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  void pingUntilSilent(connection, timings, clock, lost.signal).then((silent) => {
    if (!silent) return;
    why = "it no longer answers";
    socket.terminate();
  });
  const found = onConnected(connection, lost.signal);
  await closed;
  signal.removeEventListener("abort", end);
  return { wasRunning: await found, why };
}

/**
 * Pings Home Assistant again and again. Resolves with true if a ping gets no answer, because the connection is dead
 * then. Resolves with false when the connection has ended.
 */
async function pingUntilSilent(
  connection: Connection,
  { pingEveryMs, pongMs }: Timings,
  clock: Clock,
  lost: AbortSignal,
): Promise<boolean> {
  for (;;) {
    await clock.wait(pingEveryMs, lost);
    if (lost.aborted) return false;
    const answered = new AbortController();
    const ponged = connection.ping().then(
      () => answered.abort(),
      () => answered.abort(),
    );
    await Promise.race([ponged, clock.wait(pongMs, AbortSignal.any([lost, answered.signal]))]);
    if (lost.aborted) return false;
    if (!answered.signal.aborted) return true;
  }
}
