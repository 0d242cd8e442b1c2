import { WebSocket } from "ws";

import type { Transport } from "../../domain/transport.ts";
import { listen } from "../http/listen.ts";
import { createRequestSender } from "../http/request-sender.ts";
import type { RequestSenderOptions } from "../http/request-sender.ts";

/** Creates the app's access to the network of the machine: listeners, HTTP requests and WebSockets. */
export function createTransport(options: RequestSenderOptions = {}): Transport {
  return {
    listen,
    request: createRequestSender(options),
    openSocket(url, { handshakeTimeoutMs, maxMessageBytes }) {
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
