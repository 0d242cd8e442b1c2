import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;

interface Connection {
  /** The response that is being written. */
  readonly current: ServerResponse;
  /** Whether one more request has come, which is answered after it. */
  isNextWaiting: boolean;
}

/**
 * Answers one request of a connection at a time. One more may come before the response has ended: a client that has all
 * bytes of it sends the next request at once, some microseconds before the server notices. A connection that sends a
 * third is closed: neither Twilio nor a proxy does that. How many requests are parsed at once is limited by
 * `limitWorkPerTurn`.
 */
export function oneRequestEach(server: Server, answer: Answer): void {
  const connections = new WeakMap<Socket, Connection>();
  const isFull = (socket: Socket): boolean => connections.get(socket)?.isNextWaiting === true;

  server.on("request", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { socket } = incoming;
    if (isFull(socket)) return void socket.destroy();
    const connection = connections.get(socket);
    if (connection === undefined) return begin(incoming, outgoing);
    connection.isNextWaiting = true;
    connection.current.once("close", () => {
      if (!socket.destroyed) begin(incoming, outgoing);
    });
  });

  function begin(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { socket } = incoming;
    connections.set(socket, { current: outgoing, isNextWaiting: false });
    // Registered before a next request can register its own: it finds the connection free.
    outgoing.once("close", () => connections.delete(socket));
    answer(incoming, outgoing);
  }
}
