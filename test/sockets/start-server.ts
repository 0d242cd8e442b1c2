import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

import { CERTIFICATE, CERTIFICATE_KEY } from "./localhost-certificate.ts";

/** The timeout is long. With a short one, Node would tell the client in a header to close the connection soon. */
const KEEP_ALIVE = { keepAliveTimeout: 60_000 };

export interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** The number of open connections. */
  open(): number;
  /** The number of connections so far. */
  connections(): number;
}

/** Starts an HTTP server on this machine. */
export function startHttp(answer: RequestListener): Promise<TestServer> {
  return started(createHttpServer(KEEP_ALIVE, answer));
}

/** Starts an HTTPS server on this machine, with a certificate of the tests. */
export function startHttps(answer: RequestListener): Promise<TestServer> {
  return started(createHttpsServer({ ...KEEP_ALIVE, cert: CERTIFICATE, key: CERTIFICATE_KEY }, answer));
}

/** Starts a TCP server. `take` gets each connection. */
export function startTcp(take: (socket: Socket) => void): Promise<TestServer> {
  return started(createTcpServer(take));
}

async function started(server: Server): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on("connection", (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    connections: () => count,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
