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
  /** What Core said of itself when it was last seen running; null until then. */
  readonly info: HomeAssistantInfo | null;
  /** True while the socket is proven and Core is RUNNING. */
  readonly running: boolean;
  /**
   * @throws {HomeAssistantUnavailableError} try again later; `sent` tells whether it may have arrived
   * @throws {HomeAssistantRefusedError} final
   */
  fireEvent(eventType: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Any command, and its result. Throws as `fireEvent` does. */
  request(message: Command): Promise<unknown>;
  /** Waits for the action's end. Throws as `fireEvent` does. */
  callService(domain: string, service: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Kept for the life of the connection and made anew whenever it is lost. Returns how to end it. */
  subscribeTrigger(trigger: object, listener: TriggerListener): () => void;
  /** Called when Core cannot write an event as JSON that a subscription is for: it is lost. Returns how to end it. */
  onUnreadable(listener: () => void): () => void;
  /** Called each time Core is RUNNING on a new connection, and now if it is. Returns how to end it. */
  onRunning(listener: (info: HomeAssistantInfo) => void): () => void;
}

export interface ConnectHomeAssistantOptions {
  /** Base URL: `http://supervisor/core`, or where Home Assistant is. */
  readonly url: string;
  readonly token: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings?: Partial<Timings>;
}

/** Returns at once; a missing Home Assistant is never fatal, the connection waits for it. */
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
    // Core takes commands out of order: whoever hears that it is running may count on being heard.
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
