import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

import { openTcp } from "../sockets/open-tcp.ts";

/** A port at which a container reaches a server on this machine's loopback interface. */
export interface ForwardedPort extends AsyncDisposable {
  readonly port: number;
}

/** Listens on a free port of `host` and hands each connection on to `port` of 127.0.0.1. */
export async function forwardPort(host: string, port: number): Promise<ForwardedPort> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    const onward = openTcp(port);
    for (const [socket, other] of [
      [incoming, onward],
      [onward, incoming],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(0, host);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
