import {
  type Connection,
  createConnection,
  createLongLivedTokenAuth,
  type HassEntity,
  type MessageBase,
} from "home-assistant-js-websocket";

import { createCoreRest, type CoreRest } from "./core-rest.ts";
import { collectEvents, type EventCollector } from "./event-collector.ts";

export interface PersistentNotification {
  readonly notification_id: string;
  readonly title: string | null;
  readonly message: string;
}

/** A client of Home Assistant for tests. If Core restarts, it reconnects and keeps its subscriptions. */
export interface CoreClient extends AsyncDisposable, CoreRest {
  /** Subscribes to events of a type. The events after its promise has resolved are collected. */
  events(eventType: string): Promise<EventCollector>;
  /** Resolves when the action has ended. With `returnResponse`, resolves with the action's response. */
  callService(
    domain: string,
    service: string,
    data?: object,
    options?: { returnResponse?: boolean },
  ): Promise<unknown>;
  state(entityId: string): Promise<HassEntity | undefined>;
  states(): Promise<HassEntity[]>;
  waitForState(entityId: string, state: string, timeoutMs?: number): Promise<HassEntity>;
  persistentNotifications(): Promise<PersistentNotification[]>;
  /** Sends any WebSocket command. */
  command<T = unknown>(message: MessageBase): Promise<T>;
}

/** The error of a command that Core refused, with Core's code and message. */
export class CoreCommandError extends Error {
  override readonly name = "CoreCommandError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Connects to a Core that is running. */
export async function connectToCore(url: string, token: string): Promise<CoreClient> {
  const auth = createLongLivedTokenAuth(url, token);
  const connection = await createConnection({ auth, setupRetry: 0 }).catch(rejectWithError);
  async function command<T>(message: MessageBase): Promise<T> {
    await connected(connection);
    return await connection.sendMessagePromise<T>(message).catch(rejectWithError);
  }
  const states = () => command<HassEntity[]>({ type: "get_states" });
  const state = async (entityId: string) => (await states()).find((each) => each.entity_id === entityId);
  async function events(eventType: string): Promise<EventCollector> {
    await connected(connection);
    return await collectEvents(connection, eventType);
  }
  return {
    ...createCoreRest(url, token),
    command,
    states,
    state,
    events,
    async callService(domain, service, data = {}, { returnResponse = false } = {}) {
      const message = { type: "call_service", domain, service, service_data: data };
      const result = await command<{ response?: unknown }>(
        returnResponse ? { ...message, return_response: true } : message,
      );
      return result.response;
    },
    async waitForState(entityId, wanted, timeoutMs) {
      await using changes = await events("state_changed");
      const current = await state(entityId);
      if (current?.state === wanted) return current;
      let reached: HassEntity | undefined;
      await changes.next(({ data }) => {
        if (data["entity_id"] !== entityId || !isEntity(data["new_state"])) return false;
        reached = data["new_state"];
        return reached.state === wanted;
      }, timeoutMs);
      if (reached === undefined) throw new Error("the wait for a state must have found one");
      return reached;
    },
    persistentNotifications: () => command({ type: "persistent_notification/get" }),
    [Symbol.asyncDispose]: async () => close(connection),
  };
}

/**
 * Resolves when the client is connected. The library renews only subscriptions that it had before a connection was lost.
 * A subscription between two connections would never begin.
 */
async function connected(connection: Connection): Promise<void> {
  while (!connection.connected) {
    const ready = Promise.withResolvers<void>();
    const onReady = (): void => ready.resolve();
    connection.addEventListener("ready", onReady);
    await ready.promise;
    connection.removeEventListener("ready", onReady);
  }
}

/** The state of an entity is null after the entity was removed. */
function isEntity(value: unknown): value is HassEntity {
  return typeof value === "object" && value !== null;
}

function close(connection: Connection): void {
  connection.close();
}

/** The client library rejects with numbers and plain objects, so this function makes errors of them. */
function rejectWithError(reason: unknown): never {
  if (reason instanceof Error) throw reason;
  if (typeof reason === "object" && reason !== null) {
    const { code, message, error } = reason as {
      code?: unknown;
      message?: string;
      error?: { message: string };
    };
    throw new CoreCommandError(String(code), error?.message ?? message ?? JSON.stringify(reason));
  }
  throw new CoreCommandError(String(reason), `cannot talk to Home Assistant (${String(reason)})`);
}
