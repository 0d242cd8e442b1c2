import type { WebSocket } from "ws";

/** In milliseconds; Supervisor takes 30 s and 15 s. */
export interface Pings {
  readonly everyMs: number;
  readonly pongWithinMs: number;
}

/** As Supervisor's proxy does it: pings, and cuts the line where the pong is missing. */
export function pingAsSupervisor(socket: WebSocket, { everyMs, pongWithinMs }: Pings): void {
  let cut: NodeJS.Timeout | undefined;
  const pings = setInterval(() => {
    socket.ping();
    cut ??= setTimeout(() => socket.terminate(), pongWithinMs);
  }, everyMs);
  socket.on("pong", () => {
    clearTimeout(cut);
    cut = undefined;
  });
  socket.on("close", () => {
    clearInterval(pings);
    clearTimeout(cut);
  });
}
