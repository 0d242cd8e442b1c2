import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;

interface Connection {
  /** The response to the current request. */
  readonly current: ServerResponse;
  /** Whether a second request waits for the end of the response. */
  isNextWaiting: boolean;
}

/**
 * Answers the requests of a connection one at a time. One more request may wait: a client sends it as soon as it has
 * the whole response. The server notices the end of the response some microseconds later. A connection with a third request
 * is closed, because neither Twilio nor a proxy sends one. `limitWorkPerTurn` limits how many requests are parsed.
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
    // Registered before the listener of the next request, which therefore finds the connection free.
    outgoing.once("close", () => connections.delete(socket));
    answer(incoming, outgoing);
  }
}
