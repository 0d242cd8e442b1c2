import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;

/** The parser that Node gives a connection, which its types leave out: told of each head, it says how to go on. */
type ParsedSocket = Socket & {
  readonly parser?: { onIncoming?: ((...head: unknown[]) => number) | null } | null;
};

/** Makes the parser end with an error, for which Node closes the connection. */
const STOP_PARSING = -1;

/**
 * Answers one request of a connection at a time, and closes one that sends the next before its answer. Neither Twilio
 * nor a proxy does that, and two thousand short requests, which fit into what Node reads at once, hold up everybody else
 * for 100 ms.
 */
export function oneRequestEach(server: Server, answer: Answer): void {
  const answering = new WeakSet<Socket>();
  server.on("connection", (socket: ParsedSocket) => {
    const { parser } = socket;
    const goOn = parser?.onIncoming;
    // Were there none in another Node, only more would be parsed before the connection is closed below.
    if (!parser || !goOn) return;
    parser.onIncoming = (...head) => (answering.has(socket) ? STOP_PARSING : goOn(...head));
  });
  server.on("request", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { socket } = incoming;
    if (answering.has(socket)) return void socket.destroy();
    answering.add(socket);
    outgoing.once("close", () => answering.delete(socket));
    return answer(incoming, outgoing);
  });
}
