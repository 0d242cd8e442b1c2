import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { streamSSE } from "hono/streaming";

import { coalesce } from "./coalesce.ts";
import type { LiveParts } from "./live-parts.ts";
import { LIVE_SCRIPT } from "./live-script.ts";

/** A page is told of changes at most this often, in milliseconds. */
const AT_MOST_EVERY_MS = 250;
/** Proxies end what is silent, often after a minute; in milliseconds. */
const HEARTBEAT_MS = 25_000;
/** How soon a browser comes back, in milliseconds. */
const RETRY_MS = 2_000;

/**
 * `events` tells an open page that something changed, as server-sent events, and costs nothing while nothing does. Home
 * Assistant and Supervisor hand an answer on as it comes where it has no length, and do not compress this type.
 */
export function addLivePages(pages: Hono<{ Bindings: HttpBindings }>, { live }: LiveParts): void {
  pages.get("/live.js", (c) =>
    c.body(LIVE_SCRIPT, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
  );
  pages.get("/events", (c) =>
    streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const signal = AbortSignal.any([gone.signal, live.stopping]);
      const tell = (): Promise<void> => stream.writeSSE({ event: "change", data: "changed" });
      const stopListening = live.onChange(coalesce(tell, AT_MOST_EVERY_MS, signal));
      const heartbeat = setInterval(() => void stream.write(":\n\n"), HEARTBEAT_MS).unref();
      await stream.write(`retry: ${RETRY_MS}\n\n`);
      await aborted(signal);
      clearInterval(heartbeat);
      stopListening();
    }),
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
