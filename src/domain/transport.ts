import type { Readable } from "node:stream";

/**
 * The only access to the network in the app. Code in `app/` implements it with Node's network functions, and the
 * simulation with a network in memory that runs on a virtual clock. Lint forbids every other access.
 */
export interface Transport {
  /**
   * Opens a port and answers its requests with `handler`, until the returned listener is disposed.
   *
   * @throws the system's error, such as EADDRINUSE
   */
  listen(handler: RequestHandler, options: ListenOptions): Promise<Listener>;
  /**
   * Sends one HTTP request and resolves as soon as status and headers of the response have arrived. Follows no redirect
   * and does not retry. Refuses a URL with a user name or password, because a caller that follows a redirect must not
   * send credentials that a foreign server chose.
   *
   * @throws {TransportError} if no response came
   * @throws {AddressRefusedError} if `isAllowed` refuses the host
   */
  request(url: string | URL, options?: RequestOptions): Promise<TransportResponse>;
  /**
   * Begins to open a WebSocket. If this fails, the socket fires `close`, as after a lost connection. Rejects only if the
   * code for WebSockets cannot be loaded.
   */
  openSocket(url: string, options: SocketOptions): Promise<ClientSocket>;
}

export interface ListenOptions {
  readonly host: string;
  /** The port to listen on; 0 lets the system choose a free one. */
  readonly port: number;
  /** The highest number of open connections. For a further connection, the listener closes another one if it can. */
  readonly maxConnections?: number;
  /** The health check that is answered without calling `handler`. Undefined if `handler` answers all requests. */
  readonly health?: HealthCheck;
  /** How long a connection may take. Tests set longer times, because the machine may pause. */
  readonly timeouts?: ConnectionTimeouts;
}

/** How long the listener waits on a connection, in milliseconds. */
export interface ConnectionTimeouts {
  /** For a complete request. */
  readonly requestMs: number;
  /** For the next request. */
  readonly idleMs: number;
}

/**
 * Answers GET and HEAD requests that ask whether the app is healthy. The listener makes no web `Request` for them,
 * because loading its code takes 12 MB of memory. In many installations, the port gets no other requests: only the
 * container's health check, twice a minute.
 */
export interface HealthCheck {
  readonly paths: ReadonlySet<string>;
  /** Returns the response; `body` is sent as JSON. Never rejects. */
  answer(): Promise<{ readonly status: number; readonly body: object }>;
}

export interface Listener extends AsyncDisposable {
  /** The port that the listener has opened. */
  readonly port: number;
}

export type RequestHandler = (request: Request, bindings: RequestBindings) => Response | Promise<Response>;

/** Node's own objects for a request, in addition to the web `Request`. */
export interface RequestBindings {
  readonly incoming: IncomingRequest;
  readonly outgoing: OutgoingResponse;
  /** The handler calls this when it has authenticated the sender. The connection then has priority over others. */
  readonly trust?: () => void;
}

/** A request of Node's HTTP server. Reading it costs far less memory than a web `Request` with its streams. */
export interface IncomingRequest extends Readable {
  /** The path and query of the request, still percent-encoded. */
  readonly url?: string | undefined;
  readonly httpVersion: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whether Node has received the whole request. */
  readonly complete: boolean;
  readonly socket: { readonly remoteAddress?: string | undefined; readonly destroyed: boolean };
}

export interface OutgoingResponse {
  readonly writableFinished: boolean;
  once(event: "close", listener: () => void): unknown;
  /** Closes the connection at once. */
  destroy(): unknown;
}

export interface RequestOptions {
  /** The HTTP method in capital letters. Without it, the request is a GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** Aborts the request, or the reading of its response. */
  readonly signal?: AbortSignal;
  /** How long connecting (with TLS) may take, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /**
   * Whether to keep the connection open in a small pool, for the next request. If false or not given, or if `isAllowed`
   * is given, the connection is closed.
   */
  readonly reusesConnection?: boolean;
  /**
   * Decides to which IP addresses a connection is allowed. A host name is resolved one time, and all its IP addresses
   * must be allowed. The connection uses one of these checked IP addresses: a second resolution could return another
   * one (DNS rebinding).
   */
  readonly isAllowed?: (ip: string) => boolean;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /**
   * The body of the response, which the caller must read to its end or destroy. Reading fails if the connection breaks
   * or `signal` aborts.
   */
  readonly body: Readable;
}

/** The methods of the web's `Headers` that the app uses. */
export interface ResponseHeaders extends Iterable<[string, string]> {
  /** Returns the value of a header; null if the response does not have it. */
  get(name: string): string | null;
}

export interface SocketOptions {
  /** How long opening the WebSocket may take, in milliseconds. */
  readonly handshakeTimeoutMs: number;
  /** The size of the longest accepted message, in bytes. A longer message closes the socket. */
  readonly maxMessageBytes: number;
}

/** The methods of a browser's `WebSocket` that the app uses, and `terminate`. */
export interface ClientSocket {
  readonly readyState: number;
  readonly OPEN: number;
  send(text: string): void;
  /** Sends a close frame and waits for the answer of the other side. */
  close(): void;
  /** Closes the connection at once, without a close frame. */
  terminate(): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: () => void): void;
  removeEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: "close", listener: () => void): void;
}

/**
 * Thrown if a request got no response. The error has no `cause`, because Node's errors may contain data that was sent
 * or received.
 */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /**
   * The code of Node's error, such as ECONNREFUSED, or one of the app's codes. These are CONNECT_TIMEOUT, ABORTED (by
   * `signal`), CREDENTIALS_IN_URL and NO_ANSWER.
   */
  readonly code: string;
  /**
   * Whether at least one byte of the request may have left the machine. If so, the server may have acted on the
   * request.
   */
  readonly hasLeft: boolean;

  constructor(code: string, hasLeft: boolean) {
    super(`The request failed (${code}).`);
    this.code = code;
    this.hasLeft = hasLeft;
  }
}

/** Thrown if `isAllowed` refused the host. Nothing was sent. */
export class AddressRefusedError extends Error {
  override readonly name = "AddressRefusedError";
}
