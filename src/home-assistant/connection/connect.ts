import { ERR_CONNECTION_LOST } from "home-assistant-js-websocket";
import type { Connection } from "home-assistant-js-websocket";

import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Transport } from "../../domain/transport.ts";
import type { EventFirer, HomeAssistantState } from "../../outbound/ports.ts";
import type { HomeAssistantStarts } from "../../provisioning/ports.ts";
import { createConnectionNews } from "./connection-news.ts";
import { HomeAssistantUnavailableError, wrapLibraryError } from "./errors.ts";
import { keepConnected } from "./keep-connected.ts";
import { createSubscriptions } from "./subscriptions.ts";
import type { TriggerListener } from "./subscriptions.ts";
import { DEFAULT_TIMINGS } from "./timings.ts";
import type { Timings } from "./timings.ts";
import { infoFrom, waitUntilRunning } from "./wait-until-running.ts";
import type { HomeAssistantInfo } from "./wait-until-running.ts";

type Command = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface HomeAssistantConnection
  extends AsyncDisposable, EventFirer, HomeAssistantState, HomeAssistantStarts {
  /** Core's version, language and so on, read when it was last found running; null before. */
  readonly info: HomeAssistantInfo | null;
  /** Whether the socket is authenticated and Core is RUNNING. */
  readonly running: boolean;
  /**
   * @throws {HomeAssistantUnavailableError} if it is away, so a retry can help; `sent`: the command may have arrived
   * @throws {HomeAssistantRefusedError} if it refuses, so a retry cannot help
   */
  fireEvent(eventType: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Sends any command and resolves to Home Assistant's answer to it. Throws like `fireEvent`. */
  request(message: Command): Promise<unknown>;
  /** Runs an action, and resolves when it has ended. Throws like `fireEvent`. */
  callService(domain: string, service: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Subscribes to a trigger, and again after each reconnection. Returns a function that ends the subscription. */
  subscribeTrigger(trigger: object, listener: TriggerListener): () => void;
  /**
   * Calls `listener` when an event is lost because Core cannot encode it as JSON. Returns a function that removes the
   * listener.
   */
  onUnreadable(listener: () => void): () => void;
  /**
   * Calls `listener` when Core is RUNNING on a new connection, and now if it is. Returns a function that removes the
   * listener.
   */
  onRunning(listener: (info: HomeAssistantInfo) => void): () => void;
  /** Reads `info` again, and tells the listeners of `onChanged`. Called after `core_config_updated`. Never rejects. */
  readSettings(): Promise<void>;
  /** Calls `listener` after `info` has changed while the connection lasts. Returns a function that ends this. */
  onChanged(listener: (info: HomeAssistantInfo) => void): () => void;
}

export interface ConnectHomeAssistantOptions {
  /** `http://supervisor/core`, or the base URL of Home Assistant itself. */
  readonly url: string;
  readonly token: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings?: Partial<Timings>;
  /** Called with each new `info`, before it is used. It loads the texts of the language, and must not reject. */
  readonly prepare?: (info: HomeAssistantInfo) => Promise<void>;
}

/**
 * Connects to the WebSocket API of Home Assistant, and reconnects whenever the connection is lost. Returns at once. While
 * Home Assistant is away, every command is rejected, and the connection is retried.
 */
export function connectHomeAssistant(options: ConnectHomeAssistantOptions): HomeAssistantConnection {
  const { url, token, transport, clock, logger, prepare } = options;
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const runningListeners = new Set<(info: HomeAssistantInfo) => void>();
  const changeListeners = new Set<(info: HomeAssistantInfo) => void>();
  const unreadableListeners = new Set<() => void>();
  const subscriptions = createSubscriptions({
    clock,
    logger,
    timings,
    onUnreadable: () => unreadableListeners.forEach((listener) => guard(listener)),
  });
  const news = createConnectionNews({ clock, logger, remindMs: timings.remindMs });
  const ended = new AbortController();
  let connection: Connection | null = null;
  let info: HomeAssistantInfo | null = null;
  let running = false;

  const closed = keepConnected({
    url,
    token,
    timings,
    transport,
    clock,
    onText: subscriptions.notice,
    onConnected,
    onProblem: news.lost,
    signal: ended.signal,
  });

  async function onConnected(current: Connection, lost: AbortSignal): Promise<boolean> {
    connection = current;
    lost.addEventListener("abort", () => {
      connection = null;
      running = false;
    });
    const listening = subscriptions.remake(current, lost);
    const found = await waitUntilRunning(current, clock, timings.runningPollMs, lost);
    // Core may process commands out of order, so wait until the subscriptions exist before `onRunning` listeners run.
    await listening;
    if (found !== null) await prepare?.(found);
    if (found === null || lost.aborted || ended.signal.aborted) return false;
    info = found;
    running = true;
    news.restored(found.version);
    for (const listener of runningListeners) guard(() => listener(found));
    return true;
  }

  async function request<Result = void>(message: Command): Promise<Result> {
    if (connection === null || !connection.connected || !running) {
      throw new HomeAssistantUnavailableError("Home Assistant is not connected.", false);
    }
    try {
      return await connection.sendMessagePromise<Result>({ ...message });
    } catch (error) {
      // If the socket was already closing, nothing was sent, and the library rejects with the number ERR_CONNECTION_LOST.
      throw wrapLibraryError(error, error !== ERR_CONNECTION_LOST);
    }
  }

  async function readSettings(): Promise<void> {
    const from = connection;
    if (from === null || !running) return;
    const config = await from
      .sendMessagePromise<Record<string, unknown>>({ type: "get_config" })
      .catch(() => null);
    // The connection is lost, and the next one reads the settings.
    if (config === null) return;
    const changed = infoFrom(config);
    await prepare?.(changed);
    if (connection !== from || JSON.stringify(changed) === JSON.stringify(info)) return;
    info = changed;
    for (const listener of changeListeners) guard(() => listener(changed));
  }

  function guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      logger.error(`An error in the app while it handled a message from Home Assistant: ${String(error)}`);
    }
  }

  return {
    get info() {
      return info;
    },
    get running() {
      return running;
    },
    request,
    fireEvent: (eventType, data) => request({ type: "fire_event", event_type: eventType, event_data: data }),
    callService: (domain, service, data) =>
      request({ type: "call_service", domain, service, service_data: data }),
    subscribeTrigger: subscriptions.add,
    onUnreadable(listener) {
      unreadableListeners.add(listener);
      return () => void unreadableListeners.delete(listener);
    },
    onRunning(listener) {
      runningListeners.add(listener);
      if (running && info !== null) {
        const known = info;
        guard(() => listener(known));
      }
      return () => void runningListeners.delete(listener);
    },
    readSettings,
    onChanged(listener) {
      changeListeners.add(listener);
      return () => void changeListeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      running = false;
      ended.abort();
      await closed;
    },
  };
}
