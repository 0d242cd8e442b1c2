import type { Context } from "hono";

import type { RequestBindings } from "../../domain/transport.ts";

/** The IP address that the connection comes from; empty once it is closed. Nobody can write another into a request. */
export function peerAddress(c: Context<{ Bindings: RequestBindings }>): string {
  return c.env.incoming.socket.remoteAddress ?? "";
}
