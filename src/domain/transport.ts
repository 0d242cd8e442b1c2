import type { Readable } from "node:stream";

/**
 * The only access to the network in the app. `app/` passes the system's; a simulation passes one in memory that runs on a
 * virtual clock. Lint forbids every other access.
 */
export interface Transport {
  /**
   * Serves `handler` until the returned listener is disposed.
   *
   * @throws the system's error, such as EADDRINUSE
   */
  listen(handler: RequestHandler, options: ListenOptions): Promise<Listener>;
  /**
   * Sends one HTTP request and resolves with the head of its response. Follows no redirect and does not retry. A URL with
   * a user name or password fails, because credentials from a redirect must not become a header.
   *
   * @throws {TransportError} if no response came
   * @throws {AddressRefusedError} if `isAllowed` refuses the host
   */
  request(url: string | URL, options?: RequestOptions): Promise<TransportResponse>;
  /** Begins to open a WebSocket. A failure closes the socket, as a lost connection does. */
  openSocket(url: string, options: SocketOptions): ClientSocket;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The most connections at the same time. */
  readonly maxConnections?: number;
  /** Undefined for a listener whose handler answers everything. */
  readonly health?: HealthCheck;
}

/**
 * A health check. Its GET requests are answered without a web `Request`, whose code takes 12 MB of memory. Many
 * installations receive nothing else at the port, and the image checks it twice a minute.
 */
export interface HealthCheck {
  readonly paths: ReadonlySet<string>;
  /** Never rejects. `body`: sent as JSON. */
  answer(): Promise<{ readonly status: number; readonly body: object }>;
}

export interface Listener extends AsyncDisposable {
  /** The port that is actually bound. */
  readonly port: number;
}

export type RequestHandler = (request: Request, bindings: RequestBindings) => Response | Promise<Response>;

/** The objects that belong to a request. */
export interface RequestBindings {
  readonly incoming: IncomingRequest;
  readonly outgoing: OutgoingResponse;
  /** To be called when the sender is authenticated. Its connection then has priority over others. */
  readonly trust?: () => void;
}

/** A request of Node's HTTP server, which costs far less than a web `Request` with its streams. */
export interface IncomingRequest extends Readable {
  /** Path and query, not decoded. */
  readonly url?: string | undefined;
  readonly httpVersion: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whether the whole request has been received. */
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
  /** The HTTP method in capital letters; GET if not given. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** Ends the request, and the reading of its response. */
  readonly signal?: AbortSignal;
  /** How long connecting may take, TLS included, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Whether the connection belongs to a small pool and stays open for the next request; false if not given. */
  readonly reusesConnection?: boolean;
  /**
   * Decides which IP addresses may be connected to. A host name is resolved one time, and all its IP addresses must be
   * allowed. The connection uses one of the checked IP addresses, so that a second resolution cannot change it (DNS
   * rebinding).
   */
  readonly isAllowed?: (ip: string) => boolean;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Must be read to its end or destroyed. Fails if the connection breaks or `signal` aborts. */
  readonly body: Readable;
}

/** The part of the web's `Headers` that the app uses. */
export interface ResponseHeaders extends Iterable<[string, string]> {
  /** The header's value; null if there is no such header. */
  get(name: string): string | null;
}

export interface SocketOptions {
  /** How long opening the WebSocket may take, in milliseconds. */
  readonly handshakeTimeoutMs: number;
  /** The longest message in bytes; a longer one closes the socket. */
  readonly maxMessageBytes: number;
}

/** The part of the browsers' `WebSocket` that the app uses, and `terminate`. */
export interface ClientSocket {
  readonly readyState: number;
  readonly OPEN: number;
  send(text: string): void;
  /** Sends a close frame and waits for the other side. */
  close(): void;
  /** Closes the connection at once. */
  terminate(): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: () => void): void;
  removeEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: "close", listener: () => void): void;
}

/** No response came. It has no `cause`, because Node's errors may contain data that was sent or received. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /** The code of Node's error, such as ECONNREFUSED; or CONNECT_TIMEOUT, ABORTED (by `signal`), CREDENTIALS_IN_URL or NO_ANSWER. */
  readonly code: string;
  /** Whether a byte of the request may have been transmitted. */
  readonly hasLeft: boolean;

  constructor(code: string, hasLeft: boolean) {
    super(`The request failed (${code}).`);
    this.code = code;
    this.hasLeft = hasLeft;
  }
}

/** `isAllowed` refused the host, so nothing was sent. */
export class AddressRefusedError extends Error {
  override readonly name = "AddressRefusedError";
}
