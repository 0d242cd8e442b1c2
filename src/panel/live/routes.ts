import type { Hono } from "hono";

import type { RequestBindings } from "../../domain/transport.ts";
import type { PageContext } from "../shell/app-state.ts";
import { createEventStreams } from "./event-streams.ts";
import { text as SCRIPT } from "./live.client.ts?text";

/**
 * Adds the route `events?since=<revision>`, which reports changes to open pages as server-sent events. Also adds
 * `live.js`, the script that receives these events.
 *
 * Ingress passes on the events at once, because their response has no length and a media type that is not compressed.
 */
export function addLiveRoutes(
  pages: Hono<{ Bindings: RequestBindings }>,
  { live, clock }: LivePorts & Pick<PageContext, "clock">,
): void {
  const openEventStream = createEventStreams({ live, clock });
  pages.get("/live.js", (c) => c.body(SCRIPT, 200, { "Content-Type": "text/javascript; charset=utf-8" }));
  pages.get("/events", (c) => {
    const headers = {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-cache",
      "Transfer-Encoding": "chunked",
      // The connection must not stay open after the stream.
      Connection: "close",
    };
    // The answer to HEAD has no body.
    if (c.req.method === "HEAD") return c.body(null, 200, { "Content-Type": headers["Content-Type"] });
    const since = c.req.query("since");
    const isOutdated = since !== undefined && since !== live.revision();
    const { outgoing } = c.env as Partial<RequestBindings>;
    return c.body(openEventStream(outgoing, isOutdated), 200, headers);
  });
}

export interface LivePorts {
  readonly live: {
    /**
     * Calls `listener` after each event of the app, that is, after most changes of the data that pages show. Returns a
     * function that removes the listener.
     */
    readonly onChange: (listener: () => void) => () => void;
    /**
     * The present revision of the data that pages show. Each event of the app makes a new one. After a restart of the
     * app, no earlier revision is valid.
     */
    readonly revision: () => string;
    /** Aborts when the app stops. This closes all streams. */
    readonly stopping: AbortSignal;
  };
}
