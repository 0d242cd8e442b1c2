import { freeMemory } from "../../../domain/free-memory.ts";
import type { IncomingRequest } from "../../../domain/transport.ts";

/**
 * Reads the body of a request as text. Returns null if the body is longer than `limit` bytes; the rest is then
 * discarded. Reads Node's own request: a web `Request` for each webhook would take more time than all other work on it.
 *
 * @param onGrown is called with the number of bytes that have arrived so far
 * @param mayDecode resolves when it is the turn of this request; then the body is converted to text
 * @throws {Error} if the connection is closed before the body is complete
 */
export async function readBody(
  incoming: IncomingRequest,
  limit: number,
  onGrown: (length: number) => void,
  mayDecode: () => Promise<void>,
): Promise<string | null> {
  if (Number(incoming.headers["content-length"] ?? 0) > limit) {
    incoming.resume();
    return null;
  }
  const parts: Buffer[] = [];
  try {
    const isWhole = await collect(incoming, limit, onGrown, parts);
    if (!isWhole) return null;
    await mayDecode();
    return Buffer.concat(parts).toString();
  } finally {
    for (const part of parts) freeMemory(part);
  }
}

/** Collects the body in `parts`. Resolves to false if the body is longer than `limit` bytes. */
function collect(
  incoming: IncomingRequest,
  limit: number,
  onGrown: (length: number) => void,
  parts: Buffer[],
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let length = 0;
    incoming.on("data", (part: Buffer) => {
      length += part.length;
      if (length > limit) {
        freeMemory(part);
        return resolve(false);
      }
      onGrown(length);
      parts.push(part);
    });
    incoming.once("end", () => resolve(true));
    incoming.once("error", reject);
    incoming.once("close", () => {
      if (!incoming.complete) reject(new Error("the connection ended in the middle of a request"));
    });
  });
}
