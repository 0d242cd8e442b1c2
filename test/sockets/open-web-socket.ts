import { WebSocket } from "ws";
import type { ClientOptions } from "ws";

/**
 * A WebSocket to an `http:` or `ws:` URL. An error only closes it; without a listener it would end the process.
 * Await `once(socket, "open")` to hear of one.
 */
export function openWebSocket(url: string, options: ClientOptions = {}): WebSocket {
  return new WebSocket(url.replace(/^http/, "ws"), options).on("error", () => {});
}
