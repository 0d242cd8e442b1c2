import type { WebSocket } from "ws";

/** In milliseconds; Supervisor takes 30 s and 15 s. */
export interface Pings {
  readonly everyMs: number;
  readonly pongWithinMs: number;
}

/**
 * As Supervisor's proxy does it: pings after a silence, and cuts the line where nothing at all comes in answer.
 * Source: aiohttp's `WebSocketResponse(heartbeat=30)`, in which whatever arrives counts as a pong.
 */
export function pingAsSupervisor(socket: WebSocket, { everyMs, pongWithinMs }: Pings): void {
  let cut: NodeJS.Timeout | undefined;
  let next: NodeJS.Timeout;
  const heard = (): void => {
    clearTimeout(cut);
    clearTimeout(next);
    next = setTimeout(() => {
      socket.ping();
      cut = setTimeout(() => socket.terminate(), pongWithinMs);
    }, everyMs);
  };
  for (const sign of ["message", "ping", "pong"]) socket.on(sign, heard);
  socket.on("close", () => {
    clearTimeout(cut);
    clearTimeout(next);
  });
  heard();
}
