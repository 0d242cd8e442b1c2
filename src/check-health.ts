import { get } from "node:http";

const PATIENCE_MS = 4_000;

/** What the image's HEALTHCHECK runs: whether the app listening there can accept and keep webhooks. */
export function checkHealth(listenHost: string, webhookPort: number): Promise<boolean> {
  const host = listenHost === "0.0.0.0" || listenHost === "::" ? "127.0.0.1" : listenHost;
  return new Promise((resolve) => {
    const request = get({ host, port: webhookPort, path: "/health", timeout: PATIENCE_MS }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}
