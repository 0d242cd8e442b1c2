import type { Socket } from "node:net";

/** The connections of one listener: never more than a number, so that the app keeps descriptors for its own files. */
export interface ConnectionCap {
  /** Takes a new connection. Where there are too many, the one that is least likely to matter is closed for it. */
  add(socket: Socket): void;
  /**
   * A request on this connection has shown that its sender may ask. The connection stays until `release` is called, and
   * is closed after those of strangers from then on.
   */
  exempt(socket: Socket): { release(): void };
}

/**
 * Somebody who holds connections without a request, or sends one slowly, must not keep others out: with `most`
 * connections open, the next one closes the oldest that has never carried a trusted request, else the trusted one that
 * has been idle for longest. If idle trusted connections take more than half, one of those is closed, so that a captured
 * webhook on many connections still leaves room for new ones. A new connection is refused only while all others are
 * being answered.
 */
export function createConnectionCap(most: number): ConnectionCap {
  // The first of each is closed first.
  const strangers = new Set<Socket>();
  const idle = new Set<Socket>();
  const answering = new Set<Socket>();

  function forget(socket: Socket): void {
    strangers.delete(socket);
    idle.delete(socket);
    answering.delete(socket);
  }

  return {
    add(socket) {
      if (strangers.size + idle.size + answering.size >= most) {
        const [victim = socket] = strangers.size === 0 || idle.size > most / 2 ? idle : strangers;
        forget(victim);
        victim.destroy();
        if (victim === socket) return;
      }
      strangers.add(socket);
      socket.once("close", () => forget(socket));
    },
    exempt(socket) {
      forget(socket);
      if (!socket.destroyed) answering.add(socket);
      return {
        release() {
          if (answering.delete(socket)) idle.add(socket);
        },
      };
    },
  };
}
