import { openTcp } from "../test/sockets/open-tcp.ts";

/** A persistent HTTP/1.1 connection with one request at a time. It does as little work as possible. */
export interface HttpConnection {
  readonly closed: boolean;
  /** Resolves with the status after the body has been read, or with 0 if the connection ended before. */
  send(request: Buffer): Promise<number>;
  close(): void;
}

/** Connects to a port of this machine. */
export function openConnection(port: number): HttpConnection {
  const socket = openTcp(port, { noDelay: true }).setEncoding("latin1");
  let received = "";
  let closed = false;
  let answer: ((status: number) => void) | null = null;
  const finish = (status: number): void => {
    const resolve = answer;
    answer = null;
    received = "";
    resolve?.(status);
  };
  socket.on("data", (chunk: string) => {
    received += chunk;
    if (isWhole(received)) finish(Number(received.slice(9, 12)));
  });
  socket.on("close", () => {
    closed = true;
    finish(0);
  });
  return {
    get closed() {
      return closed;
    },
    send(request) {
      if (closed) return Promise.resolve(0);
      return new Promise((resolve) => {
        answer = resolve;
        socket.write(request);
      });
    },
    close: () => void socket.destroy(),
  };
}

function isWhole(response: string): boolean {
  const head = response.indexOf("\r\n\r\n");
  if (head === -1) return false;
  const length = /content-length: *(\d+)/i.exec(response.slice(0, head))?.[1];
  if (length === undefined) return response.endsWith("0\r\n\r\n");
  return response.length >= head + 4 + Number(length);
}
