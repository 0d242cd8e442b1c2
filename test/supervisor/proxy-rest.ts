import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";

import { isCoreRunning } from "./core-behind.ts";
import type { CoreBehind } from "./core-behind.ts";

/**
 * The headers that Supervisor passes on, besides Content-Type. Source: `FORWARD_HEADERS` of supervisor/api/proxy.py.
 */
const FORWARDED = [
  "x-speech-content",
  "accept",
  "last-event-id",
  "mcp-session-id",
  "mcp-protocol-version",
  "content-type",
];
const RETURNED = ["cache-control", "mcp-session-id"];
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "DELETE"]);
const LONGEST_MS = 300_000;

export interface RestProxyOptions {
  readonly core: CoreBehind;
  /** The token of the running app at the time of the request. */
  readonly token: () => string;
}

/**
 * Handles one request to `/core/api/…` like `api` in supervisor/api/proxy.py. Core's limit of 16 MiB for a body also
 * applies. The event stream `/core/api/stream` is not simulated.
 */
export async function proxyRest(
  request: IncomingMessage,
  response: ServerResponse,
  { core, token }: RestProxyOptions,
): Promise<void> {
  const { pathname, search } = new URL(request.url ?? "/", "http://supervisor");
  const method = request.method ?? "GET";
  if (/^\/core\/api\/hassio[/_]/.test(pathname)) return end(response, 403, "403: Forbidden");
  if (!METHODS.has(method)) return end(response, 405, "405: Method Not Allowed");
  if (tokenOf(request) !== token()) return end(response, 401, "401: Unauthorized");
  if (!(await isCoreRunning(core))) return end(response, 502, "502: Bad Gateway");
  try {
    // Supervisor decodes and encodes the path, so an encoded slash or question mark is lost.
    const path = encodeURI(decodeURIComponent(pathname.replace(/^\/core\/api\//, "")));
    const answer = await fetch(`${core.url}/api/${path}${search}`, {
      method,
      headers: { ...picked(request), authorization: `Bearer ${core.token}` },
      signal: AbortSignal.timeout(LONGEST_MS),
      ...(method === "GET" || method === "HEAD" ? {} : { body: Readable.toWeb(request), duplex: "half" }),
    });
    const content = await answer.bytes();
    const [type = ""] = (answer.headers.get("content-type") ?? "application/octet-stream").split(";");
    response.writeHead(answer.status, {
      "content-type": type.trim(),
      "content-length": content.length,
      ...Object.fromEntries([...answer.headers].filter(([name]) => RETURNED.includes(name))),
    });
    response.end(content);
  } catch {
    end(response, 502, "502: Bad Gateway");
  }
}

function picked({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    FORWARDED.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])),
  );
}

function tokenOf({ headers }: IncomingMessage): string {
  return headers.authorization?.split(" ").at(-1) ?? String(headers["x-ha-access"] ?? "");
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}
