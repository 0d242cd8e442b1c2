import { setImmediate as nextTurn } from "node:timers/promises";

import { createLazyLoader } from "../../domain/lazy-loader.ts";
import type { Transport } from "../../domain/transport.ts";
import { listen } from "../http/listen.ts";
import { createRequestSender } from "../http/request-sender.ts";
import type { RequestSenderOptions } from "../http/request-sender.ts";

/**
 * Loads the library for WebSockets, which takes 10 ms. It begins in the next turn of the event loop, because the app
 * opens its ports in this turn. So Twilio's webhooks need not wait for the library.
 */
const loadWebSocket = createLazyLoader(async () => {
  await nextTurn();
  return (await import("ws")).WebSocket;
});

/** Creates the app's access to the network of the machine: listeners, HTTP requests and WebSockets. */
export function createTransport(options: RequestSenderOptions = {}): Transport {
  return {
    listen,
    request: createRequestSender(options),
    async openSocket(url, { handshakeTimeoutMs, maxMessageBytes }) {
      const WebSocket = await loadWebSocket();
      const socket = new WebSocket(url, {
        handshakeTimeout: handshakeTimeoutMs,
        maxPayload: maxMessageBytes,
        // Home Assistant is usually on the same machine, so compression would cost more time than it saves.
        perMessageDeflate: false,
      });
      // This listener stays. Without a listener, a later error of the socket would end the process.
      socket.on("error", () => {});
      return socket;
    },
  };
}
