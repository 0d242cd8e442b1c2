import type { Life } from "../machine/life.ts";

/** An HTTP request on its way. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  /** The headers by name, in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The outcome of one of the app's HTTP requests.
 *
 * - `refused`, `stalls`: no connection, so that nothing left
 * - `lost before`, `lost after`: the connection breaks before or after the other side has acted
 * - `silent`: the other side acts and never answers
 * - `cut`: the answer breaks off in its middle
 */
export type Outcome = "answered" | "refused" | "stalls" | "lost before" | "lost after" | "silent" | "cut";

/** A host that the app requests by HTTP. */
export interface HttpNeighbour {
  /** Decides the outcome when the request is sent. `ms` is the time of the whole round trip. */
  outcomeOf(request: HttpRequest): { readonly outcome: Outcome; readonly ms: number };
  /** Acts on the request and returns the answer. A promise resolves when the neighbour has done its own work. */
  answer(request: HttpRequest): HttpAnswer | Promise<HttpAnswer>;
}

/** The outcome of a request to the app: its answer, or the reason why there is none. */
export type AppAnswer = HttpAnswer | "refused" | "lost" | "too late";

/** Requests to the app's public port. */
export interface AppRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The other side of a WebSocket of the app. */
export interface SocketPeer {
  /** Receives a frame. `sentAt` is when the app sent it, in milliseconds of the run. */
  hear(text: string, sentAt: number): void;
  /** The app has ended, or has closed the connection. */
  closed(): void;
}

/** A WebSocket as the neighbour sees it. */
export interface ServerSocket {
  /** Sends a frame. `onReceived` is called when it reaches the app. */
  send(text: string, onReceived?: (life: Life) => void): void;
  /** Closes the connection. The app is notified, unless `isSilent`. Frames on their way are lost. */
  cut(isSilent?: boolean): void;
}

/** A host to which the app connects by WebSocket. */
export interface SocketNeighbour {
  /** Accepts a WebSocket, or returns null if nothing listens there. */
  connect(socket: ServerSocket): SocketPeer | null;
  /** The time of a frame in one direction, in milliseconds. */
  latency(): number;
}
