import type { Clock } from "../../../domain/clock.ts";
import type { IncomingRequest } from "../../../domain/transport.ts";
import { readBody } from "./read-body.ts";

/** Twilio's longest text has 15 kB if each of its letters takes nine bytes. Larger bodies have to queue. */
const LARGE_BYTES = 16 * 1_024;
/** The length of a large path with its query, in characters. Each guess of the public address is tried with several spellings of it. */
const LARGE_TARGET = 2_048;
/** Limit of large bodies at the same time. If one more comes, the one that has taken longest is dropped. */
const MOST_LARGE = 16;

/**
 * Reads bodies like `readBody`, but queues requests that are far larger than a webhook. Only a few large bodies are in
 * memory at the same time. The queue returns one request per turn of the event loop, so that many large requests do not
 * delay others.
 */
export function createBodyReader(limit: number, clock: Clock) {
  /** The requests whose large bodies are being read, in the order in which they grew large. */
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

  /** Resolves at once for a usual request. */
  async function waitForTurn(incoming: IncomingRequest): Promise<void> {
    const targetLength = incoming.url?.length ?? 0;
    if (!large.has(incoming) && targetLength <= LARGE_TARGET) return;
    await nextTurn();
    if (incoming.socket.destroyed) throw new Error("the connection was closed while the request was queued");
  }

  /** Returns the body; empty if `hasBody` is false, and then nothing is read. */
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
