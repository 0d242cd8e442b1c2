import { WebSocket } from "ws";
import type { ClientOptions } from "ws";

/**
 * Opens a WebSocket to an `http:` or `ws:` URL. An error only closes it. Without a listener, an error would end the
 * process. A test learns of an error by `once(socket, "open")`, which rejects.
 */
export function openWebSocket(url: string, options: ClientOptions = {}): WebSocket {
  return new WebSocket(url.replace(/^http/, "ws"), options).on("error", () => {});
}
