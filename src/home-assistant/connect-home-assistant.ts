import { Connection, ERR_CONNECTION_LOST, ERR_INVALID_AUTH } from "home-assistant-js-websocket";

import type { Logger } from "../domain/logger.ts";
import { HomeAssistantUnavailableError, wrapLibraryError } from "./errors.ts";
import { openSocket } from "./open-socket.ts";
import { pause } from "./pause.ts";
import { createSubscriptions } from "./subscriptions.ts";
import type { TriggerListener } from "./subscriptions.ts";
import { DEFAULT_TIMINGS } from "./timings.ts";
import type { Timings } from "./timings.ts";
import { waitUntilRunning } from "./wait-until-running.ts";
import type { HomeAssistantInfo } from "./wait-until-running.ts";

export interface HomeAssistantConnection extends AsyncDisposable {
  /** What Core said of itself when it was last seen running; null until then. */
  readonly info: HomeAssistantInfo | null;
  /** True while the socket is proven and Core is RUNNING. */
  readonly running: boolean;
  /**
   * @throws {HomeAssistantUnavailableError} try again later; `sent` tells whether it may have arrived
   * @throws {HomeAssistantRefusedError} final
   */
  fireEvent(eventType: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Waits for the action's end. Throws as `fireEvent` does. */
  callService(domain: string, service: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Kept for the life of the connection and made anew whenever it is lost. Returns how to end it. */
  subscribeTrigger(trigger: object, listener: TriggerListener): () => void;
  /** Called each time Core is RUNNING on a new connection, and now if it is. Returns how to end it. */
  onRunning(listener: (info: HomeAssistantInfo) => void): () => void;
}

export interface ConnectHomeAssistantOptions {
  /** Base URL: `http://supervisor/core`, or where Home Assistant is. */
  readonly url: string;
  readonly token: string;
  readonly logger: Logger;
  readonly timings?: Partial<Timings>;
}

/** Returns at once; a missing Home Assistant is never fatal, the connection waits for it. */
export function connectHomeAssistant(options: ConnectHomeAssistantOptions): HomeAssistantConnection {
  const { logger } = options;
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const runningListeners = new Set<(info: HomeAssistantInfo) => void>();
  const subscriptions = createSubscriptions({ logger, retryMs: timings.retryMs });
  const ended = new AbortController();
  let connection: Connection | null = null;
  let info: HomeAssistantInfo | null = null;
  let running = false;
  /** Ends what belongs to one socket: its ping and its waiting for RUNNING. */
  let socketEnded = new AbortController();
  let saidLost = false;

  void connect(0);

  async function connect(tries: number): Promise<void> {
    if (ended.signal.aborted) return;
    const connectOptions = { createSocket, setupRetry: 0 };
    try {
      const socket = await createSocket();
      if (ended.signal.aborted) return socket.close();
      connection = new Connection(socket, connectOptions);
      connection.addEventListener("ready", onReady);
      connection.addEventListener("disconnected", onDisconnected);
      // The library gives up for good once a token is refused; a restarted Core may take it again.
      connection.addEventListener("reconnect-error", () => {
        connection?.close();
        connection = null;
        void connect(1);
      });
      onReady();
    } catch (error) {
      if (error === ERR_INVALID_AUTH)
        sayLost("it refuses the access token. Make a new one, or restart the app");
      else sayLost("it cannot be reached");
      timer(() => void connect(tries + 1), Math.min(2 ** tries * timings.retryMs, timings.longestRetryMs));
    }
  }

  function createSocket() {
    const { url, token } = options;
    const { handshakeMs, authMs } = timings;
    return openSocket({ url, token, handshakeMs, authMs, onText: subscriptions.notice });
  }

  function onReady(): void {
    const current = connection;
    if (current === null) return;
    socketEnded = new AbortController();
    const { signal } = socketEnded;
    subscriptions.remake(current, signal);
    void keepAlive(current, signal);
    void waitUntilRunning(current, timings.runningPollMs, signal).then((found) => {
      if (found === null || signal.aborted) return;
      info = found;
      running = true;
      saidLost = false;
      logger.info(`Connected to Home Assistant ${found.version}.`);
      for (const listener of runningListeners) guard(() => listener(found));
    });
  }

  function onDisconnected(): void {
    socketEnded.abort();
    running = false;
    if (!ended.signal.aborted) sayLost("the connection was lost");
  }

  /** Neither side of a dead line says so: a missing `pong` is what shows it. */
  async function keepAlive(current: Connection, signal: AbortSignal): Promise<void> {
    for (;;) {
      await pause(timings.pingEveryMs, signal);
      if (signal.aborted) return;
      const alive = await Promise.race([
        current.ping().then(
          () => true,
          () => true,
        ),
        pause(timings.pongMs, signal).then(() => false),
      ]);
      if (signal.aborted) return;
      if (!alive) {
        logger.warning("Home Assistant does not answer; connecting anew.");
        current.reconnect(true);
        return;
      }
    }
  }

  function sayLost(why: string): void {
    if (saidLost) return;
    saidLost = true;
    logger.warning(`Waiting for Home Assistant: ${why}. What comes in meanwhile is kept.`);
  }

  async function send(message: { readonly type: string } & Readonly<Record<string, unknown>>): Promise<void> {
    if (connection === null || !connection.connected || !running) {
      throw new HomeAssistantUnavailableError("Home Assistant is not connected.", false);
    }
    try {
      await connection.sendMessagePromise({ ...message });
    } catch (error) {
      // The bare number says that the socket was closing already.
      throw wrapLibraryError(error, error !== ERR_CONNECTION_LOST);
    }
  }

  function guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      logger.error(`A listener to Home Assistant failed: ${String(error)}`);
    }
  }

  function timer(work: () => void, ms: number): void {
    void pause(ms, ended.signal).then(() => {
      if (!ended.signal.aborted) work();
    });
  }

  return {
    get info() {
      return info;
    },
    get running() {
      return running;
    },
    fireEvent: (eventType, data) => send({ type: "fire_event", event_type: eventType, event_data: data }),
    callService: (domain, service, data) =>
      send({ type: "call_service", domain, service, service_data: data }),
    subscribeTrigger: subscriptions.add,
    onRunning(listener) {
      runningListeners.add(listener);
      if (running && info !== null) {
        const known = info;
        guard(() => listener(known));
      }
      return () => void runningListeners.delete(listener);
    },
    [Symbol.asyncDispose]() {
      ended.abort();
      socketEnded.abort();
      running = false;
      connection?.close();
      return Promise.resolve();
    },
  };
}
