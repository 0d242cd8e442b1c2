import { ERR_CANNOT_CONNECT, ERR_INVALID_AUTH } from "home-assistant-js-websocket";
import type { HaWebSocket } from "home-assistant-js-websocket";
import { WebSocket } from "ws";

import { createFrameSender } from "./create-frame-sender.ts";

export interface OpenSocketOptions {
  /** Base URL; the WebSocket is at `<url>/api/websocket`, also behind Supervisor's proxy. */
  readonly url: string;
  readonly token: string;
  /** Milliseconds until the upgrade, and then until Core itself has answered. */
  readonly handshakeMs: number;
  readonly authMs: number;
  /** Sees every text before the library does. */
  readonly onText: (text: string) => void;
  /** Ends the opening; an open socket is its user's to close. */
  readonly signal: AbortSignal;
}

export type ClosableSocket = HaWebSocket & Pick<WebSocket, "terminate">;

/** In bytes. Far more than any answer to the app, far less than would exhaust a small machine. */
const LONGEST_MESSAGE = 16 * 1024 * 1024;

/**
 * Lets Core send arrays of messages; its answer proves the way to Core, since Supervisor says `auth_ok` before it is
 * connected itself. Must be id 1: the library counts from there.
 */
const SUPPORTED_FEATURES = { id: 1, type: "supported_features", features: { coalesce_messages: 1 } };

/**
 * An authenticated socket for home-assistant-js-websocket, whose own has no time-out once a socket is open.
 *
 * @throws {number} as the library wants it: ERR_INVALID_AUTH, or ERR_CANNOT_CONNECT for everything else
 */
export function openSocket({
  url,
  token,
  handshakeMs,
  authMs,
  onText,
  signal,
}: OpenSocketOptions): Promise<ClosableSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/api/websocket`, {
    handshakeTimeout: handshakeMs,
    maxPayload: LONGEST_MESSAGE,
    // Both ends are on one machine or in one house: compressing costs more than it saves.
    perMessageDeflate: false,
  });
  // Kept for the life of the socket: without a listener a late error would end the process.
  socket.on("error", () => {});

  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(ERR_CANNOT_CONNECT), handshakeMs + authMs);
    let haVersion = "";
    const onClose = (): void => fail(ERR_CANNOT_CONNECT);
    socket.on("close", onClose);
    socket.on("message", onMessage);
    signal.addEventListener("abort", onClose);
    if (signal.aborted) onClose();

    function onMessage(data: Buffer): void {
      for (const message of messagesIn(data)) {
        if (message.type === "auth_required") send({ type: "auth", access_token: token });
        else if (message.type === "auth_invalid") fail(ERR_INVALID_AUTH);
        else if (message.type === "auth_ok") {
          haVersion = message.ha_version ?? "";
          send(SUPPORTED_FEATURES);
        } else if (message.type === "result") succeed();
      }
    }

    function send(message: object): void {
      socket.send(JSON.stringify(message));
    }

    function settle(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", onClose);
      socket.off("close", onClose);
      socket.off("message", onMessage);
    }

    function fail(reason: number): void {
      settle();
      socket.terminate();
      // eslint-disable-next-line typescript/prefer-promise-reject-errors -- the library compares numbers
      reject(reason);
    }

    function succeed(): void {
      settle();
      socket.on("message", (data: Buffer) => onText(data.toString()));
      // The library was written for the browser's WebSocket; `ws` has all of it that it uses.
      const sendTogether = createFrameSender(socket.send.bind(socket));
      resolve(Object.assign(socket, { haVersion, send: sendTogether }) as unknown as ClosableSocket);
    }
  });
}

interface AuthMessage {
  readonly type?: string;
  readonly ha_version?: string;
}

function messagesIn(data: Buffer): readonly AuthMessage[] {
  try {
    const parsed: unknown = JSON.parse(data.toString());
    return (Array.isArray(parsed) ? parsed : [parsed]) as AuthMessage[];
  } catch {
    return [];
  }
}
