import type { Clock } from "../../domain/clock.ts";
import { coalesce } from "./coalesce.ts";
import type { LivePorts } from "./routes.ts";

/** The limit for all browsers together, because under ingress they all have the same IP address. */
const MOST_STREAMS = 64;
/** The shortest time between two events on a stream, in milliseconds. */
const AT_MOST_EVERY_MS = 250;
/** The time between two heartbeats, in milliseconds. Proxies close silent connections, often after a minute. */
const HEARTBEAT_MS = 25_000;
/** When a browser reconnects, in milliseconds: after a lost connection, and after its stream was closed for another. */
const RETRY_MS = 2_000;
const RETRY_WHEN_CROWDED_MS = 30_000;
/** At most this many writes wait for a slow reader, beside those in the socket's buffers. */
const MOST_UNREAD = 8;
/** How long the rest of a closed stream may take to be sent, in milliseconds. */
const END_WITHIN_MS = 1_000;

export interface EventStreamsOptions {
  readonly live: LivePorts["live"];
  readonly clock: Clock;
  /** Tests set fewer. */
  readonly maxStreams?: number;
  /** The shortest time between two events, in milliseconds. Tests set a shorter one. */
  readonly everyMs?: number;
}

/** The connection of a stream; undefined if there is no socket. */
type Connection = { readonly writableFinished: boolean; destroy(): unknown } | undefined;

/**
 * Server-sent events for open pages, limited in number and memory. If there are too many streams, the oldest one is closed
 * and its browser reconnects later. A new page therefore always works. A connection whose reader is too slow is closed.
 *
 * @returns opens a stream, which ends when the app stops
 */
export function createEventStreams(options: EventStreamsOptions) {
  const { live, clock, maxStreams = MOST_STREAMS, everyMs = AT_MOST_EVERY_MS } = options;
  const encoder = new TextEncoder();
  /** The open streams, in the order in which they were opened. */
  const open = new Set<{ closeForAnother(): void }>();

  return function openEventStream(connection: Connection): ReadableStream<Uint8Array> {
    const gone = new AbortController();
    const signal = AbortSignal.any([gone.signal, live.stopping]);
    const self = { closeForAnother: () => {} };
    let isCanceled = false;

    function begin(controller: ReadableStreamDefaultController<Uint8Array>): void {
      function write(text: string): void {
        if (signal.aborted) return;
        if ((controller.desiredSize ?? 0) > 0) return controller.enqueue(encoder.encode(text));
        gone.abort();
        connection?.destroy();
      }
      const report = async (): Promise<void> => write("event: change\ndata: changed\n\n");
      const stopListening = live.onChange(coalesce(clock, report, everyMs, signal));
      void sendHeartbeats();
      self.closeForAnother = () => {
        write(`retry: ${RETRY_WHEN_CROWDED_MS}\n\n`);
        gone.abort();
      };
      open.add(self);
      signal.addEventListener("abort", end, { once: true });
      if (signal.aborted) return end();
      write(`retry: ${RETRY_MS}\n\n`);
      for (const oldest of open) if (open.size > maxStreams) oldest.closeForAnother();

      async function sendHeartbeats(): Promise<void> {
        while (!signal.aborted) {
          await clock.wait(HEARTBEAT_MS, signal);
          write(":\n\n");
        }
      }

      function end(): void {
        stopListening();
        open.delete(self);
        if (isCanceled) return;
        controller.close();
        // Do not wait for a reader that has stopped reading.
        if (connection !== undefined) void cutOff(connection);
      }
    }

    async function cutOff(ended: NonNullable<Connection>): Promise<void> {
      await clock.wait(END_WITHIN_MS, new AbortController().signal);
      if (!ended.writableFinished) ended.destroy();
    }

    function cancel(): void {
      isCanceled = true;
      gone.abort();
    }

    const strategy = new CountQueuingStrategy({ highWaterMark: MOST_UNREAD });
    return new ReadableStream({ start: begin, cancel }, strategy);
  };
}
