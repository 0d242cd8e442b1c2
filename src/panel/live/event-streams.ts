import type { Clock } from "../../domain/clock.ts";
import { coalesce } from "./coalesce.ts";
import type { LivePorts } from "./routes.ts";

/**
 * The most open streams of all browsers together. Under ingress, all browsers have the same IP address and cannot be
 * counted apart.
 */
const MOST_STREAMS = 64;
/** The shortest time between two events on a stream, in milliseconds. */
const AT_MOST_EVERY_MS = 250;
/** The time between two heartbeats, in milliseconds. Proxies close silent connections, often after a minute. */
const HEARTBEAT_MS = 25_000;
/**
 * How long a browser waits before it reconnects after a lost connection, in milliseconds. If the app has closed a
 * browser's stream to make room for another browser, the first one waits for RETRY_WHEN_CROWDED_MS.
 */
const RETRY_MS = 2_000;
const RETRY_WHEN_CROWDED_MS = 30_000;
/**
 * How many writes wait for a slow reader, in addition to those in the socket's buffers. One more write closes the
 * connection.
 */
const MOST_UNREAD = 8;
/**
 * How long the app waits until a closed stream has sent its remaining data, in milliseconds. Then the app destroys the
 * connection.
 */
const END_WITHIN_MS = 1_000;

export interface EventStreamsOptions {
  readonly live: LivePorts["live"];
  readonly clock: Clock;
  /** The most open streams. Tests set a smaller number. */
  readonly maxStreams?: number;
  /** The shortest time between two events, in milliseconds. Tests set a shorter time. */
  readonly everyMs?: number;
}

/** The connection that carries a stream; undefined if the request came without a socket, as in tests. */
type Connection = { readonly writableFinished: boolean; destroy(): unknown } | undefined;

/**
 * Creates the server-sent events for open pages, with limits for their number and memory. If too many streams are open,
 * the app closes the oldest one, whose browser reconnects later. So a new page always works. A connection whose reader
 * is too slow is closed as well.
 *
 * @returns a function that opens a stream, which ends when the app stops. `isOutdated`: whether the page has missed a
 *   change, which the stream reports first
 */
export function createEventStreams(options: EventStreamsOptions) {
  const { live, clock, maxStreams = MOST_STREAMS, everyMs = AT_MOST_EVERY_MS } = options;
  const encoder = new TextEncoder();
  /** The open streams, in the order in which they were opened. */
  const open = new Set<{ closeForAnother(): void }>();

  return function openEventStream(connection: Connection, isOutdated: boolean): ReadableStream<Uint8Array> {
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
      const reportSoon = coalesce(clock, report, everyMs, signal);
      const stopListening = live.onChange(reportSoon);
      void sendHeartbeats();
      self.closeForAnother = () => {
        write(`retry: ${RETRY_WHEN_CROWDED_MS}\n\n`);
        gone.abort();
      };
      open.add(self);
      signal.addEventListener("abort", end, { once: true });
      if (signal.aborted) return end();
      write(`retry: ${RETRY_MS}\n\n`);
      if (isOutdated) reportSoon();
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
        // Closes the connection after a short time if the reader has stopped reading.
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
