import { once } from "node:events";

import type { WebSocket } from "ws";

import { openWebSocket } from "../sockets/open-web-socket.ts";
import type { CoreBehind } from "./core-behind.ts";

/**
 * The longest message from Core in bytes. Source: `MAX_MESSAGE_SIZE_FROM_CORE` of
 * supervisor/homeassistant/websocket.py.
 */
const LONGEST_FROM_CORE = 64 * 1024 * 1024;

/**
 * Opens Supervisor's own, authenticated connection to Core. Throws if Core cannot be reached or refuses it. The
 * socket is returned paused, so that no message is lost before somebody listens.
 */
export async function openCoreSocket({ url, token }: CoreBehind): Promise<WebSocket> {
  const socket = openWebSocket(`${url}/api/websocket`, {
    maxPayload: LONGEST_FROM_CORE,
    perMessageDeflate: false,
  });
  const ended = once(socket, "close").then(() => {
    throw new Error("Core closed the connection");
  });
  // This prevents an unhandled rejection when the socket ends later.
  ended.catch(() => undefined);
  const said = async (): Promise<unknown> => {
    const [data] = (await Promise.race([once(socket, "message"), ended])) as [Buffer];
    return (JSON.parse(data.toString()) as { type: unknown }).type;
  };
  const welcome = await said();
  socket.send(JSON.stringify({ type: "auth", access_token: token }));
  if (welcome !== "auth_required" || (await said()) !== "auth_ok") {
    socket.terminate();
    throw new Error("Core refuses Supervisor");
  }
  socket.pause();
  return socket;
}
