import type { Socket } from "node:net";

/** Limits the connections of one listener, so that the app has file descriptors left for its own files. */
export interface ConnectionCap {
  /** Adds a new connection. If there are too many, another one is closed for it. See `createConnectionCap`. */
  add(socket: Socket): void;
  /**
   * Marks a connection whose request is authorised. It is not closed until `release` is called. After that, connections of
   * strangers are closed before it.
   */
  exempt(socket: Socket): { release(): void };
}

/**
 * Limits connections to `most`. A connection is trusted after it has carried an authorised request. If a new connection
 * exceeds the limit, another is closed, in this order:
 *
 * 1. if idle trusted connections are more than half of `most`: the one that has been idle for longest
 * 2. the oldest connection that is not trusted
 * 3. the trusted connection that has been idle for longest
 *
 * Therefore, connections without a request, with a slow one, or with a captured webhook do not shut others out. A new
 * connection is refused only while all others are being answered.
 */
export function createConnectionCap(most: number): ConnectionCap {
  // In each set, the first connection is closed first.
  const strangers = new Set<Socket>();
  const idle = new Set<Socket>();
  const answering = new Set<Socket>();

  function remove(socket: Socket): void {
    strangers.delete(socket);
    idle.delete(socket);
    answering.delete(socket);
  }

  return {
    add(socket) {
      if (strangers.size + idle.size + answering.size >= most) {
        const [victim = socket] = strangers.size === 0 || idle.size > most / 2 ? idle : strangers;
        remove(victim);
        victim.destroy();
        if (victim === socket) return;
      }
      strangers.add(socket);
      socket.once("close", () => remove(socket));
    },
    exempt(socket) {
      remove(socket);
      if (!socket.destroyed) answering.add(socket);
      return {
        release() {
          if (answering.delete(socket)) idle.add(socket);
        },
      };
    },
  };
}
