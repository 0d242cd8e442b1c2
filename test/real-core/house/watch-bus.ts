import { PATIENCE_MS } from "../../patience.ts";
import { openWebSocket } from "../../sockets/open-web-socket.ts";

export interface BusEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A client of Core that only listens, as a dashboard does. */
export interface BusWatcher extends Disposable {
  /** Events so far, in the order in which Core sent them. */
  readonly events: readonly BusEvent[];
  /** Resolves when this number of events has come. Rejects if Core ends the connection, or if that takes too long. */
  received(count: number): Promise<void>;
}

interface CoreMessage {
  readonly type: string;
  readonly success?: boolean;
  readonly event?: { readonly event_type: string; readonly data: BusEvent["data"] };
}

/**
 * Subscribes to `eventTypes` on one connection that never reconnects. Resolves when Core has confirmed all
 * subscriptions.
 */
export async function watchBus(
  url: string,
  token: string,
  eventTypes: readonly string[],
): Promise<BusWatcher> {
  const socket = openWebSocket(`${url}/api/websocket`);
  const events: BusEvent[] = [];
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<never>();
  // This prevents an unhandled rejection if no test waits when the connection ends.
  ended.promise.catch(() => undefined);
  let confirmed = 0;
  let onEvent = (): void => {};

  const send = (message: object): void => socket.send(JSON.stringify(message));
  socket.on("message", (frame: Buffer) => {
    const message = JSON.parse(frame.toString()) as CoreMessage;
    if (message.type === "auth_required") send({ type: "auth", access_token: token });
    else if (message.type === "auth_ok") {
      for (const [index, type] of eventTypes.entries())
        send({ id: index + 1, type: "subscribe_events", event_type: type });
    } else if (message.type === "result") {
      confirmed += 1;
      if (message.success !== true) socket.close();
      else if (confirmed === eventTypes.length) ready.resolve();
    } else if (message.event !== undefined) {
      events.push({ type: message.event.event_type, data: message.event.data });
      onEvent();
    }
  });
  socket.on("error", ended.reject);
  socket.on("close", (code) => ended.reject(new Error(`Core ended the connection with ${code}`)));
  await Promise.race([ready.promise, ended.promise]);

  return {
    events,
    async received(count) {
      const all = Promise.withResolvers<void>();
      const timer = setTimeout(
        () => all.reject(new Error(`${events.length} of ${count} events within ${PATIENCE_MS} ms`)),
        PATIENCE_MS,
      );
      onEvent = () => {
        if (events.length >= count) all.resolve();
      };
      onEvent();
      await Promise.race([all.promise, ended.promise]).finally(() => clearTimeout(timer));
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}
