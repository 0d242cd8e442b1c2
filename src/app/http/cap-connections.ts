import type { Socket } from "node:net";

/**
 * Limits the number of connections of one listener. Otherwise, an attacker could use up the file descriptors that the
 * app needs for its own files.
 */
export interface ConnectionCap {
  /** Adds a new connection. If there are too many connections, it closes one of them, see `createConnectionCap`. */
  add(socket: Socket): void;
  /**
   * Marks a connection as trusted, because its request is authorised (for example, signed by Twilio). It is not closed
   * before `release` is called. Afterwards it is idle, and may be closed by rules 1 and 3 of `createConnectionCap`.
   */
  exempt(socket: Socket): { release(): void };
}

/**
 * Limits the number of connections to `most`. A connection is trusted after it has carried an authorised request. If a
 * new connection exceeds the limit, one connection is closed:
 *
 * 1. the trusted one that has been idle for longest, if idle trusted ones are more than half of `most`
 * 2. otherwise the oldest one that is not trusted
 * 3. otherwise the trusted one that has been idle for longest
 *
 * So an attacker cannot shut out Twilio with connections that send nothing, send slowly or replay a captured webhook. A
 * new connection is refused only while the app is answering requests on all others.
 */
export function createConnectionCap(most: number): ConnectionCap {
  // A set keeps the order of insertion, so the first connection in each set is the oldest, and is closed first.
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
