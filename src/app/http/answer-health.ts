import type { IncomingMessage, ServerResponse } from "node:http";

import type { HealthCheck } from "../../domain/transport.ts";

/** Answers a request to the health check (`/health`). Returns false if the request is for another path or method. */
export function answerHealth(
  health: HealthCheck | undefined,
  { method, url = "" }: IncomingMessage,
  outgoing: ServerResponse,
): boolean {
  const [path = ""] = url.split("?", 1);
  if (health === undefined || (method !== "GET" && method !== "HEAD") || !health.paths.has(path))
    return false;
  void health.answer().then(({ status, body }) => {
    const json = JSON.stringify(body);
    outgoing.writeHead(status, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(json),
      "Cache-Control": "no-store",
    });
    outgoing.end(json);
  });
  return true;
}
