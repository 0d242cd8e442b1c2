import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { createAdaptorServer } from "@hono/node-server";

/** An HTTP server on 127.0.0.1 that can be closed for a while. `port`: any that is free for 0. */
export async function startSimulatorServer(
  fetch: (request: Request, bindings?: object) => Response | Promise<Response>,
  wantedPort: number,
) {
  const server = createAdaptorServer({ fetch });
  server.listen(wantedPort, "127.0.0.1");
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
