import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;

/** The parser that Node gives a connection, which its types leave out: told of each head, it says how to go on. */
type ParsedSocket = Socket & {
  readonly parser?: { onIncoming?: ((...head: unknown[]) => number) | null } | null;
};

/** Makes the parser end with an error, for which Node closes the connection. */
const STOP_PARSING = -1;

interface Connection {
  /** The response that is being written. */
  readonly current: ServerResponse;
  /** Whether one more request has come, which is answered after it. */
  isNextWaiting: boolean;
}

/**
 * Answers one request of a connection at a time. One more may come before the response has ended: a client that has all
 * bytes of it sends the next request at once, some microseconds before the server notices. A connection that sends a
 * third is closed: neither Twilio nor a proxy does that, and two thousand short requests, which fit into what Node
 * reads at once, hold up everybody else for 100 ms.
 */
export function oneRequestEach(server: Server, answer: Answer): void {
  const connections = new WeakMap<Socket, Connection>();
  const isFull = (socket: Socket): boolean => connections.get(socket)?.isNextWaiting === true;

  server.on("connection", (socket: ParsedSocket) => {
    const { parser } = socket;
    const goOn = parser?.onIncoming;
    // If another version of Node has no such parser, only more is parsed before the connection is closed below.
    if (!parser || !goOn) return;
    parser.onIncoming = (...head) => (isFull(socket) ? STOP_PARSING : goOn(...head));
  });

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
