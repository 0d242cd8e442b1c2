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
import { waitUntilRunning } from "./wait-until-running.ts";
import type { HomeAssistantInfo } from "./wait-until-running.ts";

type Command = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface HomeAssistantConnection
  extends AsyncDisposable, EventFirer, HomeAssistantState, HomeAssistantStarts {
  /** Core's version, language and so on, read when it was last found running; null before. */
  readonly info: HomeAssistantInfo | null;
  /** True while the socket is authenticated and Core is RUNNING. */
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
  /** Calls `listener` when an event is lost because Core cannot encode it as JSON. Returns a function that ends this. */
  onUnreadable(listener: () => void): () => void;
  /** Calls `listener` when Core is RUNNING on a new connection, and now if it is. Returns a function that ends this. */
  onRunning(listener: (info: HomeAssistantInfo) => void): () => void;
}

export interface ConnectHomeAssistantOptions {
  /** `http://supervisor/core`, or the base URL of Home Assistant itself. */
  readonly url: string;
  readonly token: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings?: Partial<Timings>;
}

/**
 * Connects to the WebSocket API of Home Assistant, and reconnects whenever the connection is lost. Returns at once. While
 * Home Assistant is away, every command is rejected, and the connection is retried.
 */
export function connectHomeAssistant(options: ConnectHomeAssistantOptions): HomeAssistantConnection {
  const { url, token, transport, clock, logger } = options;
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const runningListeners = new Set<(info: HomeAssistantInfo) => void>();
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
      // The library rejects with the bare number if the socket was closing already, so nothing was sent.
      throw wrapLibraryError(error, error !== ERR_CONNECTION_LOST);
    }
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
    async [Symbol.asyncDispose]() {
      running = false;
      ended.abort();
      await closed;
    },
  };
}
