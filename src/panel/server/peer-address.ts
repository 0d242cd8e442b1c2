import type { Context } from "hono";

import type { RequestBindings } from "../../domain/transport.ts";

/** The IP address of the peer of the socket, which no header can change; empty if the connection is closed. */
export function peerAddress(c: Context<{ Bindings: RequestBindings }>): string {
  return c.env.incoming.socket.remoteAddress ?? "";
}
