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
  /** Core's version, language and other settings. Null until the app has been connected for the first time. */
  readonly info: HomeAssistantInfo | null;
  /** Whether the app is connected and Core's state is RUNNING. */
  readonly running: boolean;
  /**
   * Fires an event in Home Assistant.
   *
   * @throws {HomeAssistantUnavailableError} if Home Assistant does not answer; a retry can help. The field `sent` of
   * the error says whether the event may have reached Home Assistant
   * @throws {HomeAssistantRefusedError} if Home Assistant refuses the event; a retry cannot help
   */
  fireEvent(eventType: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Sends a command and resolves with Home Assistant's answer. Rejects like `fireEvent`. */
  request(message: Command): Promise<unknown>;
  /** Runs an action, and resolves when the action has ended. Rejects like `fireEvent`. */
  callService(domain: string, service: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Subscribes to a trigger now, and again after each reconnection. Returns a function that ends the subscription. */
  subscribeTrigger(trigger: object, listener: TriggerListener): () => void;
  /**
   * Calls `listener` when the app does not get an event because Core cannot write it as JSON. Returns a function that
   * removes the listener.
   */
  onUnreadable(listener: () => void): () => void;
  /**
   * Calls `listener` for each new connection, as soon as Core's state is RUNNING. If Core is already connected and
   * RUNNING, also calls `listener` immediately. Returns a function that removes the listener.
   */
  onRunning(listener: (info: HomeAssistantInfo) => void): () => void;
  /**
   * Reads `info` again, and calls the listeners of `onChanged` if it has changed. Called after the event
   * `core_config_updated`. Never rejects.
   */
  readSettings(): Promise<void>;
  /** Calls `listener` when `readSettings` has found changes in `info`. Returns a function that removes the listener. */
  onChanged(listener: (info: HomeAssistantInfo) => void): () => void;
}

export interface ConnectHomeAssistantOptions {
  /** The base URL of Home Assistant: Supervisor's proxy `http://supervisor/core`, or the URL of Core itself. */
  readonly url: string;
  readonly token: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings?: Partial<Timings>;
  /**
   * Called with each new `info`, before other parts of the app get it. Loads the texts in the language of `info`. Must
   * not reject.
   */
  readonly prepare?: (info: HomeAssistantInfo) => Promise<void>;
}

/**
 * Connects to the WebSocket API of Home Assistant. Returns at once. If the connection fails or is lost, the app
 * connects again. Without a connection, each command is rejected.
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
    // Core may handle commands out of order. So wait for the subscriptions before the listeners of `onRunning` send
    // commands.
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
      // The library rejects with the number ERR_CONNECTION_LOST only if the socket was already closing. In this case,
      // the library has not sent the command.
      throw wrapLibraryError(error, error !== ERR_CONNECTION_LOST);
    }
  }

  async function readSettings(): Promise<void> {
    const from = connection;
    if (from === null || !running) return;
    const config = await from
      .sendMessagePromise<Record<string, unknown>>({ type: "get_config" })
      .catch(() => null);
    // The connection is lost. After the next connection, `onConnected` reads the settings.
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
      logger.error(
        `Internal error while the app handled a message from Home Assistant: ${String(error)}. Please report this error.`,
      );
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
