import { once } from "node:events";

import type { WebSocket } from "ws";

import { openWebSocket } from "../sockets/open-web-socket.ts";
import type { CoreBehind } from "./core-behind.ts";

/** In bytes. Source: `MAX_MESSAGE_SIZE_FROM_CORE` of supervisor/homeassistant/websocket.py. */
const LONGEST_FROM_CORE = 64 * 1024 * 1024;

/**
 * Supervisor's own, authenticated way into Core. Throws where Core cannot be reached or refuses it. Messages that
 * come before anybody listens wait: the socket is given out paused.
 */
export async function openCoreSocket({ url, token }: CoreBehind): Promise<WebSocket> {
  const socket = openWebSocket(`${url}/api/websocket`, {
    maxPayload: LONGEST_FROM_CORE,
    perMessageDeflate: false,
  });
  const ended = once(socket, "close").then(() => {
    throw new Error("Core closed the connection");
  });
  // It ends some day, when nobody waits any more.
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
