import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { HttpBindings } from "@hono/node-server";

import { createLazyLoader } from "../../domain/lazy-loader.ts";
import type { Listener, ListenOptions, RequestHandler } from "../../domain/transport.ts";
import { answerHealth } from "./answer-health.ts";
import { createConnectionCap } from "./cap-connections.ts";
import { limitWorkPerTurn } from "./limit-work-per-turn.ts";
import { oneRequestEach } from "./one-request-each.ts";
import { spreadOverTurns } from "./spread-over-turns.ts";

/** Twilio gives up a request after 15 s, so a request that takes longer is not from Twilio. */
const TIMEOUTS = { requestMs: 15_000, idleMs: 5_000 };
/**
 * How often Node checks the timeout of requests, in milliseconds. By default, Node checks it every 30 s, so a request
 * could take 45 s.
 */
const CHECK_EVERY_MS = 500;
/** The app closes a connection that has carried no data for this time, in milliseconds. */
const MOST_SILENCE_MS = 60_000;

/** Disposing waits this long for open requests, in milliseconds. The app usually answers within a few milliseconds. */
const STOP_PATIENCE_MS = 500;

/**
 * Listens on `host` and `port` and lets `handler` answer the requests, on at most `maxConnections` connections.
 * Disposing accepts no new requests. It resolves when the open requests are answered, or after 500 ms.
 *
 * @throws the system's error, such as EADDRINUSE
 */
export async function listen(
  handler: RequestHandler,
  { host, port, maxConnections = 256, health, timeouts = TIMEOUTS }: ListenOptions,
): Promise<Listener> {
  const cap = createConnectionCap(maxConnections);
  // Import the adapter with the first request, because it loads Node's `fetch`, which takes memory.
  const loadAdapter = createLazyLoader(async () => {
    const { getRequestListener } = await import("@hono/node-server");
    return getRequestListener((request, bindings) => {
      const { incoming, outgoing } = bindings as HttpBindings;
      const trust = (): void => void outgoing.once("close", cap.exempt(incoming.socket).release);
      return handler(request, { incoming, outgoing, trust });
    });
  });
  let adapter: Awaited<ReturnType<typeof loadAdapter>> | null = null;

  function answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (answerHealth(health, incoming, outgoing)) return;
    if (adapter !== null) return void adapter(incoming, outgoing);
    void loadAdapter().then(
      (loaded) => {
        adapter = loaded;
        if (!incoming.socket.destroyed) void loaded(incoming, outgoing);
      },
      // If the import fails, the next request tries to import again.
      () => void outgoing.writeHead(503).end(),
    );
  }
  const server = createServer({
    requestTimeout: timeouts.requestMs,
    headersTimeout: timeouts.requestMs,
    keepAliveTimeout: timeouts.idleMs,
    connectionsCheckingInterval: CHECK_EVERY_MS,
  });
  const turns = spreadOverTurns(answer);
  oneRequestEach(server, turns.add);
  limitWorkPerTurn(server);
  server.setTimeout(MOST_SILENCE_MS);
  server.on("connection", (socket) => {
    turns.connectionAccepted();
    cap.add(socket);
  });
  await new Promise<void>((resolve, reject) => {
    // This listener stays after the start. Without a listener, a later error of the server would end the process.
    server.on("error", reject);
    server.listen({ port, host }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const impatient = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE_MS);
      await closed;
      clearTimeout(impatient);
    },
  };
}
