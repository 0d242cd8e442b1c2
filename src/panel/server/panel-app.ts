import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { cloneRawRequest } from "hono/request";

import { createLazyLoader } from "../../domain/lazy-loader.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import type { PagesOptions } from "../pages.tsx";
import { guardAccess } from "./guard-access.ts";
import { guardChanges } from "./guard-changes.ts";
import { guardEmbedding } from "./guard-embedding.ts";
import type { PanelAccess } from "./panel-access.ts";
import { securityHeaders } from "./security-headers.ts";

/** `trust`: to be called once the request may be answered; its connection is then kept before others. */
type Env = { Bindings: RequestBindings };

/** Forms of the panel are short. */
const MOST_BODY_BYTES = 64 * 1024;

export interface PanelAppOptions extends PagesOptions {
  readonly access: PanelAccess;
  /** Whether webhooks can be kept at present. */
  readonly canKeep: () => Promise<boolean>;
  readonly logger: Logger;
}

/** The panel's listener: the health check for all, the pages for those who may see them. */
export function createPanelApp(options: PanelAppOptions): Hono<Env> {
  const { access, changeToken, clock, chance, logger } = options;
  const app = new Hono<Env>();
  app.use(securityHeaders(), async (c, next) => {
    await next();
    // Files of Twilio's say otherwise.
    if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
  });
  app.get("/health", async (c) =>
    (await options.canKeep())
      ? c.json({ status: "ok" })
      : c.json({ status: "cannot store webhooks: is the disk full?" }, 503),
  );
  app.use(
    ...guardAccess({ access, clock, chance, logger }),
    async (c, next) => {
      c.env.trust?.();
      await next();
    },
    guardEmbedding,
    bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => c.text("Refused: this is too large.", 413) }),
    guardChanges({ token: changeToken, seesOwnHost: access.kind !== "ingress" }),
  );

  // A panel that nobody opens takes no memory.
  const pages = createLazyLoader(async () => (await import("../pages.tsx")).createPages(options));
  app.all("*", async (c) => {
    // The guard has read the form of a change.
    const request = c.req.raw.bodyUsed ? await cloneRawRequest(c.req) : c.req.raw;
    return (await pages()).fetch(request, c.env);
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    logger.error(`The panel failed: ${error.message}`, "panel failed");
    return c.text("Something went wrong. The app's log says what.", 500);
  });
  return app;
}
