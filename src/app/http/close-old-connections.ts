import type { Agent } from "node:http";
import type { Socket } from "node:net";

import { SYSTEM_CLOCK } from "../system/clock.ts";

/** Knows when the last request was sent on each connection of a pool, and closes old connections. */
export interface OldConnections {
  /** Notes that a request is sent on a connection now. */
  sent(socket: object): void;
  /** Closes each idle connection that is old. */
  close(): void;
}

/**
 * Closes the connections of the pool `agent` on which no request was sent for `idleTimeoutMs`. The pool's own timer
 * cannot do this while the process is blocked, such as by a slow disk. Meanwhile the server may have closed the
 * connection, and a request on it would be lost. The time begins with the last request, because the app may read an
 * answer long after it arrived.
 */
export function closeOldConnections(agent: Agent, idleTimeoutMs: number): OldConnections {
  /** When the last request was sent on each connection, in milliseconds of the monotonic clock. */
  const sentAt = new WeakMap<object, number>();
  const sent = (socket: object): void => void sentAt.set(socket, SYSTEM_CLOCK.monotonic());

  function closeIfOld(socket: Socket): void {
    const at = sentAt.get(socket);
    // A connection without a request is new: Node has just opened it for a request that waits for one.
    if (at === undefined) sent(socket);
    else if (at <= SYSTEM_CLOCK.monotonic() - idleTimeoutMs) socket.destroy();
  }

  // This runs before the pool gives the connection to a request that waits for one. If the connection is closed, the
  // pool opens another one for this request.
  agent.prependListener("free", closeIfOld);

  return {
    sent,
    close: () => Object.values(agent.freeSockets).forEach((sockets) => sockets?.forEach(closeIfOld)),
  };
}
