import type { Clock } from "../../../domain/clock.ts";
import type { IncomingRequest } from "../../../domain/transport.ts";
import { readBody } from "./read-body.ts";

/**
 * The size from which a body counts as large and must queue, in bytes. Twilio's longest text has 15 kB if each letter
 * takes nine bytes.
 */
const LARGE_BYTES = 16 * 1_024;
/**
 * The length from which a path with its query counts as large, in characters. A request with a large path waits in the
 * queue, because the signature check tries several spellings of the path for each guessed public address.
 */
const LARGE_TARGET = 2_048;
/**
 * How many large bodies the app reads at the same time. If one more arrives, the app closes the connection of the
 * oldest one.
 */
const MOST_LARGE = 16;

/**
 * Creates a function that reads bodies like `readBody`, but makes requests that are far larger than a webhook wait in a
 * queue. Only a few large bodies are in memory at the same time. The app processes one large body per turn of the event
 * loop, so that many large bodies do not delay other requests.
 */
export function createBodyReader(limit: number, clock: Clock) {
  /** The requests with large bodies, in the order in which their bodies became large. */
  const large = new Set<IncomingRequest>();
  let lastTurn: Promise<void> = Promise.resolve();

  function noteLarge(incoming: IncomingRequest): void {
    const [oldest] = large;
    if (large.size >= MOST_LARGE && oldest !== undefined && !large.has(incoming)) {
      large.delete(oldest);
      oldest.destroy();
    }
    large.add(incoming);
  }

  function nextTurn(): Promise<void> {
    lastTurn = lastTurn.then(() => new Promise((resolve) => clock.nextTurn(resolve)));
    return lastTurn;
  }

  /** Waits for the request's turn in the queue. Resolves at once for a request of usual size. */
  async function waitForTurn(incoming: IncomingRequest): Promise<void> {
    const targetLength = incoming.url?.length ?? 0;
    if (!large.has(incoming) && targetLength <= LARGE_TARGET) return;
    await nextTurn();
    if (incoming.socket.destroyed) throw new Error("the connection was closed while the request was queued");
  }

  /** Reads the body of a request. Without a body (`hasBody` is false), returns an empty text. */
  return async function read(incoming: IncomingRequest, hasBody: boolean): Promise<string | null> {
    const noteLength = (length: number): void => {
      if (length > LARGE_BYTES) noteLarge(incoming);
    };
    const wait = (): Promise<void> => waitForTurn(incoming);
    try {
      if (hasBody) return await readBody(incoming, limit, noteLength, wait);
      await wait();
      return "";
    } finally {
      large.delete(incoming);
    }
  };
}
