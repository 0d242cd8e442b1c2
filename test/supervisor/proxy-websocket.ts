import { WebSocket } from "ws";

import type { CoreBehind } from "./core-behind.ts";
import { openCoreSocket } from "./open-core-socket.ts";
import { pingAsSupervisor } from "./ping-as-supervisor.ts";
import type { Pings } from "./ping-as-supervisor.ts";

/**
 * Types of commands that only Home Assistant's own pages may use. Source: `DENIED_WS_TYPE_PREFIXES` of
 * supervisor/api/proxy.py.
 */
const DENIED = /^(supervisor|hassio)\//;

const VERSION = "2026.11.0";

export interface WebSocketProxyOptions {
  readonly core: CoreBehind;
  /** The token of the running app at the time of the login. */
  readonly token: () => string;
  readonly pings: Pings;
  /** How long an app may take to send its token. */
  readonly authMs: number;
  /** Runs with the type of each refused command. */
  readonly onDenied: (type: string) => void;
}

/**
 * Handles one app's socket after the upgrade, as `websocket` in supervisor/api/proxy.py does. It sends `auth_ok` before
 * Core is connected. Each end without an error has the code 1000.
 */
export async function proxyWebSocket(app: WebSocket, options: WebSocketProxyOptions): Promise<void> {
  pingAsSupervisor(app, options.pings);
  send(app, { type: "auth_required", ha_version: VERSION });
  const message = await firstMessage(app, options.authMs);
  if (message === null) return app.close(1000);
  if ((message["api_password"] ?? message["access_token"]) !== options.token()) {
    send(app, { type: "auth_invalid", message: "Invalid access" });
    return app.close(1000);
  }
  send(app, { type: "auth_ok", ha_version: VERSION });
  // Messages of the app wait until Core is connected.
  app.pause();
  const core = await openCoreSocket(options.core).catch(() => null);
  app.resume();
  if (core === null) return app.close(1000);
  join(app, core, options.onDenied);
}

function join(app: WebSocket, core: WebSocket, onDenied: (type: string) => void): void {
  app.on("message", (data: Buffer, isBinary) => {
    const denied = isBinary ? null : deniedCommand(data.toString());
    if (denied === null) return core.send(data, { binary: isBinary });
    onDenied(denied.type);
    const error = { code: "unauthorized", message: "Unauthorized" };
    send(app, { id: denied.id, type: "result", success: false, error });
  });
  core.on("message", (data: Buffer, isBinary) => app.send(data, { binary: isBinary }));
  // A frame that is too long ends both sockets with 1009. Otherwise, the other socket ends with 1000.
  app.on("close", (code) => core.close(code === 1009 ? code : 1000));
  core.on("close", (code) => app.close(code === 1009 ? code : 1000));
  core.resume();
  if (app.readyState !== WebSocket.OPEN) core.close(1000);
}

/** The command in a text if it is refused, or null. Supervisor does not check arrays of commands. */
function deniedCommand(text: string): { readonly type: string; readonly id: unknown } | null {
  try {
    const { type, id } = JSON.parse(text) as { type?: unknown; id?: unknown };
    return typeof type === "string" && DENIED.test(type) ? { type, id: id ?? null } : null;
  } catch {
    return null;
  }
}

/** The first message, or null if none came in time or if it is no JSON object. */
function firstMessage(app: WebSocket, withinMs: number): Promise<Readonly<Record<string, unknown>> | null> {
  return new Promise((resolve) => {
    const finish = (data: Buffer | null): void => {
      clearTimeout(timer);
      app.off("message", finish);
      resolve(data === null ? null : objectIn(data.toString()));
    };
    const timer = setTimeout(() => finish(null), withinMs);
    app.on("message", finish);
    app.once("close", () => finish(null));
  });
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" ? (parsed as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

function send(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}
