import type { Server } from "node:http";
import type { Socket } from "node:net";

/** A request, and one more that waits for it. */
const MOST_HEADS = 2;
/** Twilio and proxies send a body in parts of some kilobytes. */
const MOST_BODY_PARTS = 256;

/** Makes the parser end with an error, for which Node closes the connection. */
const STOP_PARSING = -1;

/** Node's parser of a connection, which its types leave out. It calls a function of its own for each head and part. */
type Parser = {
  onIncoming?: ((...head: unknown[]) => number) | null;
  [callback: number]: ((this: unknown, part: Buffer) => void) | null | undefined;
  readonly constructor: { readonly kOnBody?: number };
};
type ParsedSocket = Socket & { readonly parser?: Parser | null };

/**
 * Closes a connection that sends more than two requests, or more than 256 parts of a body, within one turn of the event
 * loop. Node reads up to 64 kB at once and calls the app for each request and each part in them: 1,200 requests with a
 * body, 2,000 without `Host` (which Node answers itself) or 10,000 chunks of one byte block the event loop for 30 to
 * 150 ms.
 */
export function limitWorkPerTurn(server: Server): void {
  server.on("connection", (socket: ParsedSocket) => {
    const { parser } = socket;
    const goOn = parser?.onIncoming;
    // Another version of Node may have no such parser; then nothing is limited here.
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
      // Without a function the parser skips the parts that it has read already.
      parser[kOnBody] = null;
      socket.destroy();
    };
    // Node uses the parser again for other connections.
    socket.once("close", () => void (parser[kOnBody] = takePart));
  });
}
