import type { WebSocket } from "ws";

/** The times in milliseconds. Supervisor uses 30 s and 15 s. */
export interface Pings {
  readonly everyMs: number;
  readonly pongWithinMs: number;
}

/**
 * Sends pings like Supervisor's proxy, after a silence. Cuts the connection if no frame arrives afterwards. Source:
 * aiohttp's `WebSocketResponse(heartbeat=30)`, for which each frame counts as a pong.
 */
export function pingAsSupervisor(socket: WebSocket, { everyMs, pongWithinMs }: Pings): void {
  let cut: NodeJS.Timeout | undefined;
  let next: NodeJS.Timeout;
  const onFrame = (): void => {
    clearTimeout(cut);
    clearTimeout(next);
    next = setTimeout(() => {
      socket.ping();
      cut = setTimeout(() => socket.terminate(), pongWithinMs);
    }, everyMs);
  };
  for (const sign of ["message", "ping", "pong"]) socket.on(sign, onFrame);
  socket.on("close", () => {
    clearTimeout(cut);
    clearTimeout(next);
  });
  onFrame();
}
