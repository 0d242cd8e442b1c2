import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { createAdaptorServer } from "@hono/node-server";

import { PATIENCE_MS } from "../patience.ts";
import { freePort } from "../sockets/free-port.ts";

/**
 * An HTTP server on 127.0.0.1 that can be closed for a while. If `wantedPort` is 0, it has a port that no other test
 * takes meanwhile.
 */
export async function startSimulatorServer(
  fetch: (request: Request, bindings?: object) => Response | Promise<Response>,
  wantedPort: number,
) {
  const server = createAdaptorServer({ fetch, serverOptions: { keepAliveTimeout: PATIENCE_MS } });
  server.listen(wantedPort === 0 ? await freePort() : wantedPort, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    if (!server.listening) return;
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
    await once(server, "close");
  }

  return {
    port,
    close,
    /** Nobody can connect until the returned function is called. */
    async refuseConnections(): Promise<() => Promise<void>> {
      await close();
      return async () => {
        server.listen(port, "127.0.0.1");
        await once(server, "listening");
      };
    },
  };
}
