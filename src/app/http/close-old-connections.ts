import type { Agent } from "node:http";

import { SYSTEM_CLOCK } from "../system/clock.ts";

/**
 * Returns a function that closes each connection of the pool `agent` that has been idle for `idleTimeoutMs` or longer.
 * The pool's own timer cannot do this while the process is blocked, such as by a slow disk. Meanwhile the server may
 * have closed the connection, and a request on it would be lost.
 */
export function closeOldConnections(agent: Agent, idleTimeoutMs: number): () => void {
  /** Since when each connection has been idle, in milliseconds of the monotonic clock. */
  const idleSince = new WeakMap<object, number>();
  agent.on("free", (socket: object) => void idleSince.set(socket, SYSTEM_CLOCK.monotonic()));

  return () => {
    const latest = SYSTEM_CLOCK.monotonic() - idleTimeoutMs;
    for (const socket of Object.values(agent.freeSockets).flat())
      if (socket !== undefined && (idleSince.get(socket) ?? 0) <= latest) socket.destroy();
  };
}
