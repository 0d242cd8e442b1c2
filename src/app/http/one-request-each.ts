import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;

interface Connection {
  /** The response to the request that is being answered. */
  readonly current: ServerResponse;
  /** Whether another request waits until this response has ended. */
  isNextWaiting: boolean;
}

/**
 * Answers the requests of each connection one after another. One further request may wait, because a client may send it
 * before the server has noticed the end of the response. A third request closes the connection: neither Twilio nor a
 * proxy sends one. `limitWorkPerTurn` limits how many requests Node parses.
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
    // A second request of the connection also waits for the event `close` of this response. The listener of
    // the second request is called after this one, so the connection is then no longer in the map.
    outgoing.once("close", () => connections.delete(socket));
    answer(incoming, outgoing);
  }
}
