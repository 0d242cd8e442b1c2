import { StringDecoder } from "node:string_decoder";

import type { IncomingRequest } from "../../../domain/transport.ts";

/**
 * The body as text, or null where it is longer than `limit` bytes; the rest is then thrown away. Read from Node's own
 * request: making a web `Request` with its streams of each webhook costs more than all else that happens to it. `onGrown` is told how many bytes have come.
 */
export function readBody(
  incoming: IncomingRequest,
  limit: number,
  onGrown: (length: number) => void = () => undefined,
): Promise<string | null> {
  if (Number(incoming.headers["content-length"] ?? 0) > limit) {
    incoming.resume();
    return Promise.resolve(null);
  }
  return new Promise((resolve, reject) => {
    const decoder = new StringDecoder("utf8");
    let text = "";
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      onGrown(length);
      if (length <= limit) return void (text += decoder.write(chunk));
      text = "";
      resolve(null);
    });
    incoming.once("end", () => resolve(text + decoder.end()));
    incoming.once("error", reject);
    incoming.once("close", () => {
      if (!incoming.complete) reject(new Error("the connection ended in the middle of a request"));
    });
  });
}
