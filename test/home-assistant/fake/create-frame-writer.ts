import { WebSocket } from "ws";

/** Writes messages as Core does: each in a frame of its own, or all of one moment in one frame as a list. */
export function createFrameWriter(coalesce: () => boolean) {
  const waiting = new Map<WebSocket, object[]>();
  let longest = 0;

  function write(socket: WebSocket, frame: object): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  }

  return {
    /** Messages in the fullest frame written. */
    longest: () => longest,
    send(socket: WebSocket, message: object): void {
      const frame = waiting.get(socket);
      if (frame !== undefined) frame.push(message);
      // Before the client could allow it, messages have no id.
      else if (!coalesce() || !("id" in message)) write(socket, message);
      else {
        const messages = [message];
        waiting.set(socket, messages);
        setImmediate(() => {
          waiting.delete(socket);
          longest = Math.max(longest, messages.length);
          write(socket, messages);
        });
      }
    },
  };
}
