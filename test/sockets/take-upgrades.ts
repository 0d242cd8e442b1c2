import type { IncomingMessage, Server } from "node:http";

import { WebSocketServer } from "ws";
import type { ServerOptions, WebSocket } from "ws";

/** An HTTP answer that refuses a WebSocket. */
export interface UpgradeRefusal {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export interface UpgradeRules extends Pick<ServerOptions, "maxPayload"> {
  /** The answer that refuses a request, or null if the request becomes a WebSocket. */
  readonly refusalOf: (request: IncomingMessage) => UpgradeRefusal | null | Promise<UpgradeRefusal | null>;
  readonly welcome: (socket: WebSocket) => void;
}

/**
 * Answers each upgrade request of `server` with a WebSocket or a refusal; returns the WebSockets' server.
 *
 * Node hands the raw socket of an upgrade over without an `error` listener. Every socket gets one here, because a
 * client may reset its connection at any moment, and that would end the process.
 */
export function takeUpgrades(
  server: Server,
  { maxPayload, refusalOf, welcome }: UpgradeRules,
): WebSocketServer {
  const upgrades = new WebSocketServer({ noServer: true, ...(maxPayload !== undefined && { maxPayload }) });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => {});
    void refuseOrTake();

    async function refuseOrTake(): Promise<void> {
      const refusal = await refusalOf(request);
      if (refusal !== null) return void socket.end(refusalText(refusal));
      upgrades.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on("error", () => {});
        welcome(webSocket);
      });
    }
  });
  return upgrades;
}

function refusalText({ status, type, text }: UpgradeRefusal): string {
  const headers = `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close`;
  return `HTTP/1.1 ${status} Refused\r\n${headers}\r\n\r\n${text}`;
}
