import { request as ask } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

/**
 * The longest body in bytes. A longer one is refused with 413. Source: `MAX_CLIENT_SIZE` of
 * supervisor/api/__init__.py.
 */
const LONGEST_BODY = 16 * 1024 * 1024;

/** The IP address of Core in Supervisor's network. */
const CORE_ADDRESS = "172.30.32.1";

const NOT_SENT_ON: ReadonlySet<string> = new Set([
  "accept-encoding",
  "connection",
  "content-encoding",
  "content-length",
  "keep-alive",
  "sec-websocket-extensions",
  "sec-websocket-key",
  "sec-websocket-protocol",
  "sec-websocket-version",
  "transfer-encoding",
  "x-hassio-key",
  "x-remote-user-display-name",
  "x-remote-user-id",
  "x-remote-user-name",
  "x-supervisor-token",
]);
const NOT_SENT_BACK: ReadonlySet<string> = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "keep-alive",
  "transfer-encoding",
]);

/** The user who is logged in to Home Assistant. The names may be missing. */
export interface IngressUser {
  readonly id: string;
  readonly username?: string;
  readonly name?: string;
}

export interface IngressOptions {
  /** The app's ingress token, which is a part of the path. */
  readonly token: string;
  readonly panelHost: string;
  /** The port of the panel, or null if no app with ingress runs. */
  readonly panelPort: number | null;
  /** The IP address that the app sees. That of Supervisor is 172.30.32.2. */
  readonly from: string;
  /** The user of a session. Undefined if the session does not exist, and null if it belongs to no user. */
  readonly userOf: (session: string) => IngressUser | null | undefined;
}

/**
 * Handles one request to `/api/hassio_ingress/<token>/…`, with all changes on its way. Core passes it to Supervisor,
 * and Supervisor to the app. WebSockets are not simulated. Source: homeassistant/components/hassio/ingress.py,
 * supervisor/api/ingress.py.
 */
export async function proxyIngress(
  request: IncomingMessage,
  response: ServerResponse,
  { token, panelHost, panelPort, from, userOf }: IngressOptions,
): Promise<void> {
  const [, given, path = ""] = /^\/api\/hassio_ingress\/([^/]+)\/(.*)$/s.exec(request.url ?? "") ?? [];
  const user = userOf(/(?:^|;\s*)ingress_session=([^;]*)/.exec(request.headers.cookie ?? "")?.[1] ?? "");
  if (user === undefined) return end(response, 401, "401: Unauthorized");
  if (given !== token || panelPort === null) return end(response, 503, "503: Service Unavailable");
  const body = await bodyOf(request);
  if (body === null) return end(response, 413, "413: Request Entity Too Large");

  const asked = ask({
    host: panelHost,
    port: panelPort,
    localAddress: from,
    method: request.method,
    path: `/${path}`,
    agent: false,
    headers: {
      ...headersFor(request, token, user),
      ...(body.length > 0 && { "content-length": body.length }),
    },
  });
  asked.on("error", () => {
    if (response.headersSent) response.destroy();
    else end(response, 502, "502: Bad Gateway");
  });
  asked.on("response", (answer) => {
    const type = answer.headers["content-type"]?.split(";")[0]?.trim();
    response.writeHead(answer.statusCode ?? 502, {
      ...without(answer.headers, NOT_SENT_BACK),
      "content-type": type ?? "application/octet-stream",
    });
    answer.pipe(response);
  });
  asked.end(body);
}

function headersFor(request: IncomingMessage, token: string, user: IngressUser | null): OutgoingHttpHeaders {
  const { headers, socket } = request;
  const forwardedFor = headers["x-forwarded-for"];
  const browser = socket.remoteAddress ?? "";
  return {
    ...without(headers, NOT_SENT_ON),
    ...(user !== null && { "x-remote-user-id": user.id }),
    ...(user?.username !== undefined && { "x-remote-user-name": inUtf8(user.username) }),
    ...(user?.name !== undefined && { "x-remote-user-display-name": inUtf8(user.name) }),
    "x-hass-source": "core.ingress",
    "x-ingress-path": `/api/hassio_ingress/${token}`,
    "x-forwarded-for": `${forwardedFor === undefined ? "" : `${String(forwardedFor)}, `}${browser}, ${CORE_ADDRESS}`,
    "x-forwarded-host": headers["x-forwarded-host"] ?? headers.host,
    "x-forwarded-proto": headers["x-forwarded-proto"] ?? "http",
  };
}

/** Node writes each character of a header as one byte. */
function inUtf8(name: string): string {
  return Buffer.from(name).toString("latin1");
}

function without(headers: IncomingHttpHeaders, names: ReadonlySet<string>): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name)));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= LONGEST_BODY) chunks.push(chunk);
  }
  return length > LONGEST_BODY ? null : Buffer.concat(chunks);
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}
