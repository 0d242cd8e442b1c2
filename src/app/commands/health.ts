import { connect } from "node:net";

const STATUS_LINE = "HTTP/1.1 200";

/**
 * Asks the app that listens there whether it can accept and store webhooks; false without an answer for `patienceMs`.
 * The image's HEALTHCHECK runs this every few seconds in a new process, so it speaks HTTP over `node:net` itself: with
 * `node:http` a check took twice as much of the processor.
 */
export function checkHealth(
  listenHost: string,
  webhookPort: number,
  patienceMs: number = 4_000,
): Promise<boolean> {
  const host = listenHost === "0.0.0.0" || listenHost === "::" ? "127.0.0.1" : listenHost;
  return new Promise((resolve) => {
    const socket = connect(webhookPort, host, () => {
      socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    });
    let answer = "";
    socket.setEncoding("latin1").on("data", (part: string) => {
      if (answer.length < STATUS_LINE.length) answer += part;
    });
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(answer.startsWith(STATUS_LINE)));
  });
}
