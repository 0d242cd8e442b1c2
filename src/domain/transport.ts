import type { Readable } from "node:stream";

/**
 * All network of the app. `app/` passes the machine's in; a simulation passes one in memory, whose requests and sockets
 * live on a virtual clock. Lint forbids every other way to the network.
 */
export interface Transport {
  /**
   * Serves `handler` until the result is disposed.
   *
   * @throws the system's error, such as EADDRINUSE
   */
  listen(handler: RequestHandler, options: ListenOptions): Promise<Listener>;
  /**
   * Sends one HTTP request and resolves with the head of its response. Follows no redirect and repeats nothing. A URL
   * with a user name or password fails: one that a redirect names must not become a header.
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
  /** 0 for any that is free. */
  readonly port: number;
  /** At the same time. */
  readonly maxConnections?: number;
}

export interface Listener extends AsyncDisposable {
  /** The port really bound. */
  readonly port: number;
}

export type RequestHandler = (request: Request, bindings: RequestBindings) => Response | Promise<Response>;

/** What a request comes with. */
export interface RequestBindings {
  readonly incoming: IncomingRequest;
  readonly outgoing: OutgoingResponse;
  /** To be called once the request has shown that its sender may ask: then its connection is kept before others. */
  readonly trust?: () => void;
}

/** A request as it stands on its connection: a web `Request` with its streams costs far more. */
export interface IncomingRequest extends Readable {
  /** Path and query as they were sent. */
  readonly url?: string | undefined;
  readonly httpVersion: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whether all of it has come. */
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
  /** In capital letters; GET if not given. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** Ends the request, and the reading of its response. */
  readonly signal?: AbortSignal;
  /** Until a connection stands, TLS included, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Whether the connection is one of a small pool, and stays open for the next request; false if not given. */
  readonly isConnectionKept?: boolean;
  /**
   * Which IP addresses may be connected to. A name is resolved once, each of its addresses must be allowed, and the
   * connection goes to one that was checked, so that a name cannot lead elsewhere a moment later (DNS rebinding).
   */
  readonly isAllowed?: (ip: string) => boolean;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: Headers;
  /** To be read to its end or destroyed. Fails if the connection breaks, or `signal` aborts. */
  readonly body: Readable;
}

export interface SocketOptions {
  /** Until the WebSocket stands, in milliseconds. */
  readonly handshakeTimeoutMs: number;
  /** Bytes of a message at most; a longer one closes the socket. */
  readonly maxMessageBytes: number;
}

/** The part of the browsers' `WebSocket` that the app uses, and `terminate`. */
export interface ClientSocket {
  readonly readyState: number;
  readonly OPEN: number;
  send(text: string): void;
  /** Says goodbye and waits for the other side. */
  close(): void;
  /** Closes the connection at once. */
  terminate(): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: () => void): void;
  removeEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: "close", listener: () => void): void;
}

/** No response came. Has no cause: Node's errors may hold what was sent or received. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /** Node's, such as ECONNREFUSED; or CONNECT_TIMEOUT, ABORTED (by `signal`), CREDENTIALS_IN_URL or NO_ANSWER. */
  readonly code: string;
  /** Whether a byte of the request may have left. */
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
