import { ERR_CANNOT_CONNECT, ERR_INVALID_AUTH } from "home-assistant-js-websocket";
import type { HaWebSocket } from "home-assistant-js-websocket";

import type { Clock } from "../../domain/clock.ts";
import type { ClientSocket, Transport } from "../../domain/transport.ts";
import { createFrameSender } from "./create-frame-sender.ts";

export interface OpenSocketOptions {
  /** Home Assistant's base URL. Its WebSocket is at `<url>/api/websocket`, also behind Supervisor's proxy. */
  readonly url: string;
  readonly token: string;
  /**
   * The timeout until the WebSocket is open, in milliseconds. `handshakeMs` and `authMs` together are the timeout until
   * Core has answered.
   */
  readonly handshakeMs: number;
  readonly authMs: number;
  /** Gets each received text before the library home-assistant-js-websocket gets it. */
  readonly onText: (text: string) => void;
  /** If the signal aborts, the opening of the socket fails. When the socket is open, the caller must close it. */
  readonly signal: AbortSignal;
  readonly transport: Transport;
  readonly clock: Clock;
}

export type ClosableSocket = HaWebSocket & Pick<ClientSocket, "terminate">;

/**
 * The highest length of a message from Home Assistant, in bytes. All messages to the app are shorter. A small machine
 * has enough memory for a message of this length.
 */
const LONGEST_MESSAGE = 16 * 1024 * 1024;

/**
 * Lets Core send arrays of messages. Only the answer to this command shows that Core is connected: Supervisor's proxy
 * sends `auth_ok` before it has reached Core. The ID must be 1, because the library continues with the ID 2.
 */
const SUPPORTED_FEATURES = { id: 1, type: "supported_features", features: { coalesce_messages: 1 } };

/**
 * Opens an authenticated socket for the library home-assistant-js-websocket. The library's own function would wait
 * without a timeout for the authentication.
 *
 * @throws {number} ERR_INVALID_AUTH, or ERR_CANNOT_CONNECT for all other problems, as the library expects
 */
export async function openSocket({
  url,
  token,
  handshakeMs,
  authMs,
  onText,
  signal,
  transport,
  clock,
}: OpenSocketOptions): Promise<ClosableSocket> {
  const socket = await transport.openSocket(`${url.replace(/^http/, "ws")}/api/websocket`, {
    handshakeTimeoutMs: handshakeMs,
    maxMessageBytes: LONGEST_MESSAGE,
  });

  return await new Promise((resolve, reject) => {
    const settled = new AbortController();
    void clock.wait(handshakeMs + authMs, settled.signal).then(() => {
      if (!settled.signal.aborted) fail(ERR_CANNOT_CONNECT);
    });
    let haVersion = "";
    const onClose = (): void => fail(ERR_CANNOT_CONNECT);
    socket.addEventListener("close", onClose);
    socket.addEventListener("message", onMessage);
    signal.addEventListener("abort", onClose);
    if (signal.aborted) onClose();

    function onMessage({ data }: { readonly data: unknown }): void {
      for (const message of messagesIn(String(data))) {
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
      settled.abort();
      signal.removeEventListener("abort", onClose);
      socket.removeEventListener("close", onClose);
      socket.removeEventListener("message", onMessage);
    }

    function fail(reason: number): void {
      settle();
      socket.terminate();
      // eslint-disable-next-line typescript/prefer-promise-reject-errors -- the library compares numbers
      reject(reason);
    }

    function succeed(): void {
      settle();
      socket.addEventListener("message", ({ data }) => onText(String(data)));
      const sendTogether = createFrameSender(socket.send.bind(socket));
      // The library's type is the WebSocket of a browser. The socket of `ws` has all members that the library uses.
      resolve(Object.assign(socket, { haVersion, send: sendTogether }) as unknown as ClosableSocket);
    }
  });
}

interface AuthMessage {
  readonly type?: string;
  readonly ha_version?: string;
}

function messagesIn(data: string): readonly AuthMessage[] {
  try {
    const parsed: unknown = JSON.parse(data);
    return (Array.isArray(parsed) ? parsed : [parsed]) as AuthMessage[];
  } catch {
    return [];
  }
}
