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
        // Both ends are on one machine or in one house: compressing costs more than it saves.
        perMessageDeflate: false,
      });
      // Kept for the life of the socket: without a listener a late error would end the process.
      socket.on("error", () => {});
      return socket;
    },
  };
}
