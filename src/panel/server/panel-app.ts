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

type Env = { Bindings: RequestBindings };

/** The largest body of a form without a picture. */
const MOST_BODY_BYTES = 64 * 1024;
/** The largest body of a form with a picture. Twilio accepts pictures up to 5 MB. */
const MOST_PICTURE_BYTES = 6 * 1024 * 1024;
const PICTURE_FORMS: ReadonlySet<string> = new Set(["/reply", "/new"]);

export interface PanelAppOptions extends PagesOptions {
  readonly access: PanelAccess;
  /** Resolves to whether webhooks can be stored at present. */
  readonly canStore: () => Promise<boolean>;
  readonly logger: Logger;
}

const limitForm = limitBody(MOST_BODY_BYTES);
const limitPicture = limitBody(MOST_PICTURE_BYTES);

function limitBody(maxSize: number) {
  return bodyLimit({ maxSize, onError: (c) => c.text("Refused: the request is too large.", 413) });
}

/** The panel: the health check, which is public, and the pages, which are behind the guards. */
export function createPanelApp(options: PanelAppOptions): Hono<Env> {
  const { access, changeToken, clock, chance, logger } = options;
  const app = new Hono<Env>();
  app.use(securityHeaders(), async (c, next) => {
    await next();
    // Media files set their own value.
    if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
  });
  app.get("/health", async (c) =>
    (await options.canStore())
      ? c.json({ status: "ok" })
      : c.json({ status: "cannot store webhooks: is the disk full?" }, 503),
  );
  app.use(
    ...guardAccess({ access, clock, chance, logger }),
    async (c, next) => {
      // From here on, the connection has priority over those without access.
      c.env.trust?.();
      await next();
    },
    guardEmbedding,
    (c, next) => (PICTURE_FORMS.has(c.req.path) ? limitPicture(c, next) : limitForm(c, next)),
    guardChanges({ token: changeToken, seesOwnHost: access.kind !== "ingress" }),
  );

  // Loaded at the first visit, because a panel that is never opened should take no memory.
  const pages = createLazyLoader(async () => (await import("../pages.tsx")).createPages(options));
  app.all("*", async (c) => {
    // `guardChanges` has read the body already, so restore it.
    const request = c.req.raw.bodyUsed ? await cloneRawRequest(c.req) : c.req.raw;
    return (await pages()).fetch(request, c.env);
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    logger.error(`A page of the panel failed: ${error.message}`, "panel failed");
    return c.text("An error occurred. See the app's log.", 500);
  });
  return app;
}
