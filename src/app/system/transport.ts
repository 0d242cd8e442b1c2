import { WebSocket } from "ws";

import type { Transport } from "../../domain/transport.ts";
import { listen } from "../http/listen.ts";
import { createRequestSender } from "../http/request-sender.ts";
import type { RequestSenderOptions } from "../http/request-sender.ts";

/** The machine's network. */
export function createTransport(options: RequestSenderOptions = {}): Transport {
  return {
    listen,
    request: createRequestSender(options),
    openSocket(url, { handshakeTimeoutMs, maxMessageBytes }) {
      const socket = new WebSocket(url, {
        handshakeTimeout: handshakeTimeoutMs,
        maxPayload: maxMessageBytes,
        // Both ends are in the same network, so compression would cost more than it saves.
        perMessageDeflate: false,
      });
      // Stays registered: without a listener, a later error would end the process.
      socket.on("error", () => {});
      return socket;
    },
  };
}
