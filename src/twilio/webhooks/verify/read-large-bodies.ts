import type { IncomingRequest } from "../../../domain/transport.ts";
import { readBody } from "./read-body.ts";

/** Twilio's longest text has 15 kB where each of its letters takes nine bytes: what is larger has to queue. */
const LARGE_BYTES = 16 * 1_024;
/** Limit of large bodies at the same time. If one more comes, the one that has taken longest is dropped. */
const MOST_LARGE = 16;

/**
 * Reads bodies as `readBody` does, but queues those that are far larger than a webhook. Only a few of them occupy
 * memory at the same time, and one is handed out per turn of the event loop, so that many that end together do not
 * delay other requests.
 */
export function createBodyReader(limit: number) {
  /** In the order in which they grew large. */
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
    lastTurn = lastTurn.then(() => new Promise((resolve) => void setImmediate(resolve)));
    return lastTurn;
  }

  return async function read(incoming: IncomingRequest): Promise<string | null> {
    try {
      const text = await readBody(incoming, limit, (length) => {
        if (length > LARGE_BYTES) noteLarge(incoming);
      });
      if (large.has(incoming)) await nextTurn();
      return text;
    } finally {
      large.delete(incoming);
    }
  };
}
