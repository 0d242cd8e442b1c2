import type { Clock } from "../../domain/clock.ts";
import { coalesce } from "./coalesce.ts";
import type { LivePorts } from "./routes.ts";

/** Under ingress all browsers have one address, so that the limit is on all streams together. */
const MOST_STREAMS = 64;
/** A page is told of changes at most this often, in milliseconds. */
const AT_MOST_EVERY_MS = 250;
/** Proxies end what is silent, often after a minute; in milliseconds. */
const HEARTBEAT_MS = 25_000;
/** How soon a browser comes back, in milliseconds: after a lost connection, and after it had to make room. */
const RETRY_MS = 2_000;
const RETRY_WHEN_CROWDED_MS = 30_000;
/** So many writes may wait for a reader. Beside them only the socket's buffers are filled. */
const MOST_UNREAD = 8;
/** How long, in milliseconds, a stream that ended may take to be sent. */
const END_WITHIN_MS = 1_000;

export interface EventStreamsOptions {
  readonly live: LivePorts["live"];
  readonly clock: Clock;
  /** Fewer in tests. */
  readonly maxStreams?: number;
  /** How often a page is told at most, in milliseconds; shortened by tests. */
  readonly everyMs?: number;
}

/** The connection that a stream is written to; absent where there is no socket. */
type Connection = { readonly writableFinished: boolean; destroy(): unknown } | undefined;

/**
 * Server-sent events for pages that are open, bounded in number and in memory. When there are too many, the oldest is
 * ended and its browser told to come back later, so that a page that was just opened always works. A reader that does
 * not keep up is cut off.
 */
export function createEventStreams(options: EventStreamsOptions) {
  const { live, clock, maxStreams = MOST_STREAMS, everyMs = AT_MOST_EVERY_MS } = options;
  const encoder = new TextEncoder();
  /** In the order in which they were opened. */
  const open = new Set<{ makeRoom(): void }>();

  return function openEventStream(connection: Connection): ReadableStream<Uint8Array> {
    const gone = new AbortController();
    const signal = AbortSignal.any([gone.signal, live.stopping]);
    const self = { makeRoom: () => {} };
    let isLeft = false;

    function begin(controller: ReadableStreamDefaultController<Uint8Array>): void {
      function write(text: string): void {
        if (signal.aborted) return;
        if ((controller.desiredSize ?? 0) > 0) return controller.enqueue(encoder.encode(text));
        gone.abort();
        connection?.destroy();
      }
      const tell = async (): Promise<void> => write("event: change\ndata: changed\n\n");
      const stopListening = live.onChange(coalesce(clock, tell, everyMs, signal));
      void beat();
      self.makeRoom = () => {
        write(`retry: ${RETRY_WHEN_CROWDED_MS}\n\n`);
        gone.abort();
      };
      open.add(self);
      signal.addEventListener("abort", end, { once: true });
      if (signal.aborted) return end();
      write(`retry: ${RETRY_MS}\n\n`);
      for (const oldest of open) if (open.size > maxStreams) oldest.makeRoom();

      async function beat(): Promise<void> {
        while (!signal.aborted) {
          await clock.wait(HEARTBEAT_MS, signal);
          write(":\n\n");
        }
      }

      function end(): void {
        stopListening();
        open.delete(self);
        if (isLeft) return;
        controller.close();
        // What nobody reads is not waited for.
        if (connection !== undefined) void cutOff(connection);
      }
    }

    async function cutOff(ended: NonNullable<Connection>): Promise<void> {
      await clock.wait(END_WITHIN_MS, new AbortController().signal);
      if (!ended.writableFinished) ended.destroy();
    }

    function leave(): void {
      isLeft = true;
      gone.abort();
    }

    const waiting = new CountQueuingStrategy({ highWaterMark: MOST_UNREAD });
    return new ReadableStream({ start: begin, cancel: leave }, waiting);
  };
}
