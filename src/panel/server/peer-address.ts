import type { Context } from "hono";

import type { RequestBindings } from "../../domain/transport.ts";

/**
 * Returns the IP address at the other end of the socket, which no header can change. Returns an empty text if the
 * connection is closed.
 */
export function peerAddress(c: Context<{ Bindings: RequestBindings }>): string {
  return c.env.incoming.socket.remoteAddress ?? "";
}
