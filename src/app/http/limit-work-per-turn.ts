import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * The highest number of requests that may begin on one connection in one turn of Node's event loop. The app answers the
 * first request, the second one may wait, and a third one closes the connection. A request begins with its head (the
 * request line and the headers).
 */
const MOST_HEADS = 2;
/**
 * The highest number of parts of bodies on a connection in one turn of the event loop. Twilio and proxies send a body
 * in a few parts of some kilobytes.
 */
const MOST_BODY_PARTS = 256;

/** If the parser's callback returns this value, parsing fails and Node closes the connection. */
const STOP_PARSING = -1;

/**
 * Node's HTTP parser of a connection, which Node's types do not contain. It calls `onIncoming` for the head of each
 * request, and another function for each part of a body.
 */
type Parser = {
  onIncoming?: ((...head: unknown[]) => number) | null;
  [callback: number]: ((this: unknown, part: Buffer) => void) | null | undefined;
  readonly constructor: { readonly kOnBody?: number };
};
type ParsedSocket = Socket & { readonly parser?: Parser | null };

/**
 * Closes a connection that sends more than two requests, or more than 256 parts of a body, within one turn of the event
 * loop. Node reads up to 64 kB at once and calls the app for each request and part in these bytes. Without the limit,
 * each of the following contents of 64 kB would block the event loop for 30 to 150 ms:
 *
 * - 1,200 requests with a body
 * - 2,000 requests without `Host`, which Node answers itself
 * - 10,000 chunks of one byte
 */
export function limitWorkPerTurn(server: Server): void {
  server.on("connection", (socket: ParsedSocket) => {
    const { parser } = socket;
    const goOn = parser?.onIncoming;
    // `parser` and `onIncoming` are internal properties, which another version of Node may not have. The app then sets
    // no limit.
    if (!parser || !goOn) return;
    let heads = 0;
    let bodyParts = 0;
    let isResetDue = false;

    function resetAfterTurn(): void {
      if (isResetDue) return;
      isResetDue = true;
      setImmediate(() => {
        heads = bodyParts = 0;
        isResetDue = false;
      });
    }

    parser.onIncoming = (...head) => {
      resetAfterTurn();
      heads += 1;
      return heads > MOST_HEADS || socket.destroyed ? STOP_PARSING : goOn(...head);
    };

    const { kOnBody } = parser.constructor;
    const takePart = kOnBody === undefined ? null : parser[kOnBody];
    if (kOnBody === undefined || !takePart) return;
    parser[kOnBody] = (part) => {
      resetAfterTurn();
      bodyParts += 1;
      if (bodyParts <= MOST_BODY_PARTS) return takePart.call(parser, part);
      // Remove the callback for parts of a body. Without a callback, the parser skips the remaining parts that Node has
      // already read.
      parser[kOnBody] = null;
      socket.destroy();
    };
    // Restore Node's callback for parts of a body, because Node uses the parser for other connections afterwards.
    socket.once("close", () => void (parser[kOnBody] = takePart));
  });
}
