import type { TransportResponse } from "./transport.ts";

/**
 * Reads the whole body of a response. Returns null as soon as the body turns out to have more than `limit` bytes, and
 * then does not read the rest.
 */
export async function readAtMost(
  { body, headers }: Pick<TransportResponse, "body" | "headers">,
  limit: number,
): Promise<Buffer<ArrayBuffer> | null> {
  if (Number(headers.get("content-length") ?? 0) > limit) {
    body.destroy();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
