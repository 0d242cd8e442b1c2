import { connect } from "node:net";

const STATUS_LINE = "HTTP/1.1 200";

/**
 * Asks the app at `listenHost` and `webhookPort` whether it can accept and store webhooks. False if it cannot, or does
 * not answer within `patienceMs` milliseconds. The HEALTHCHECK of a released image runs this function every half minute
 * in a new process. The function uses `node:net`, because loading `node:http` would double the CPU time of each check.
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
