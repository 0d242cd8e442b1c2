import { once } from "node:events";

import type { ClientOptions, WebSocket } from "ws";

import { openWebSocket } from "../sockets/open-web-socket.ts";

export interface AskedSocket extends Disposable {
  readonly socket: WebSocket;
  /** Returns the oldest message that was not returned yet, or waits for one. */
  next(): Promise<Readonly<Record<string, unknown>>>;
  send(message: unknown): void;
  /** Resolves with the code with which the socket was closed. */
  readonly closed: Promise<number>;
}

/** Opens a WebSocket whose messages a test reads one after another. */
export async function askSocket(url: string, options?: ClientOptions): Promise<AskedSocket> {
  const socket = openWebSocket(url, options);
  const messages: Readonly<Record<string, unknown>>[] = [];
  socket.on("message", (data: Buffer) => {
    messages.push(JSON.parse(data.toString()) as Readonly<Record<string, unknown>>);
  });
  const closed = once(socket, "close").then(([code]) => code as number);
  closed.catch(() => undefined);
  await once(socket, "open");
  return {
    socket,
    closed,
    send: (message) => socket.send(JSON.stringify(message)),
    async next() {
      while (messages.length === 0) await once(socket, "message");
      const [message] = messages.splice(0, 1);
      return message ?? {};
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}
