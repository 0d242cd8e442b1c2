import type { Hono } from "hono";

import type { RequestBindings } from "../../domain/transport.ts";
import type { PageContext } from "../shell/app-state.ts";
import { createEventStreams } from "./event-streams.ts";
import { text as SCRIPT } from "./live.client.ts?text";

/**
 * `events` tells an open page that something changed, as server-sent events, and costs nothing while nothing does. Home
 * Assistant and Supervisor hand an answer on as it comes where it has no length, and do not compress this type.
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
      // A stream that was ended leaves no idle connection.
      Connection: "close",
    };
    // Nobody reads the body of an answer to HEAD, or ends it.
    if (c.req.method === "HEAD") return c.body(null, 200, { "Content-Type": headers["Content-Type"] });
    return c.body(openEventStream((c.env as Partial<RequestBindings>).outgoing), 200, headers);
  });
}

export interface LivePorts {
  readonly live: {
    /** Calls `listener` after each change of what pages show, until what it returns is called. */
    readonly onChange: (listener: () => void) => () => void;
    /** Aborts when the app stops: pages that listen are let go. */
    readonly stopping: AbortSignal;
  };
}
