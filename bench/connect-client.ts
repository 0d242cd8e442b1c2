import { createConnection, createLongLivedTokenAuth } from "home-assistant-js-websocket";

import { monotonicMs } from "./monotonic-ms.ts";

/** A WebSocket client of Home Assistant that measures times. */
export interface BenchClient extends Disposable {
  /** Resolves when Home Assistant has answered. */
  callService(domain: string, service: string, data: object): Promise<void>;
  /** Resolves with the response of the action. */
  respond(domain: string, service: string, data: object): Promise<unknown>;
  /** Resolves when the event is on Home Assistant's bus. */
  fire(eventType: string, data: object): Promise<void>;
  /** Calls `onEvent` with the event's data and its arrival by `monotonicMs`. */
  listen(
    eventType: string,
    onEvent: (data: Readonly<Record<string, unknown>>, at: number) => void,
  ): Promise<() => Promise<void>>;
}

/** Connects to a running Home Assistant. */
export async function connectClient(core: {
  readonly url: string;
  readonly token: string;
}): Promise<BenchClient> {
  const connection = await createConnection({ auth: createLongLivedTokenAuth(core.url, core.token) });
  return {
    async callService(domain, service, data) {
      await connection.sendMessagePromise({ type: "call_service", domain, service, service_data: data });
    },
    async respond(domain, service, data) {
      const { response } = await connection.sendMessagePromise<{ response: unknown }>({
        type: "call_service",
        domain,
        service,
        service_data: data,
        return_response: true,
      });
      return response;
    },
    async fire(eventType, data) {
      await connection.sendMessagePromise({ type: "fire_event", event_type: eventType, event_data: data });
    },
    listen: (eventType, onEvent) =>
      connection.subscribeEvents<{ data: Record<string, unknown> }>(
        ({ data }) => onEvent(data, monotonicMs()),
        eventType,
      ),
    [Symbol.dispose]: () => connection.close(),
  };
}
