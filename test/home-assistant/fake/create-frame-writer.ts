import { WebSocket } from "ws";

/** Writes messages as Core does: each in its own frame, or all of one turn in one frame as a list. */
export function createFrameWriter(coalesce: () => boolean) {
  const waiting = new Map<WebSocket, object[]>();
  let longest = 0;

  function write(socket: WebSocket, frame: object): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  }

  return {
    /** The most messages in one frame. */
    longest: () => longest,
    send(socket: WebSocket, message: object): void {
      const frame = waiting.get(socket);
      if (frame !== undefined) frame.push(message);
      // Messages without an id come before the client can allow lists.
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
