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

/** The size of the largest form without a picture, in bytes. */
const MOST_BODY_BYTES = 64 * 1024;
/** The size of the largest form with a picture, in bytes. Twilio accepts pictures up to 5 MB. */
const MOST_PICTURE_BYTES = 6 * 1024 * 1024;
const PICTURE_FORMS: ReadonlySet<string> = new Set(["/reply", "/new"]);

export interface PanelAppOptions extends PagesOptions {
  readonly access: PanelAccess;
  /** Resolves to whether the app can store webhooks at present. */
  readonly canStore: () => Promise<boolean>;
  readonly logger: Logger;
}

const limitForm = limitBody(MOST_BODY_BYTES);
const limitPicture = limitBody(MOST_PICTURE_BYTES);

function limitBody(maxSize: number) {
  return bodyLimit({ maxSize, onError: (c) => c.text("Refused: the request is too large.", 413) });
}

/** Creates the panel's server. Everybody can read the health check; the pages are behind the checks of access. */
export function createPanelApp(options: PanelAppOptions): Hono<Env> {
  const { access, changeToken, clock, chance, logger } = options;
  const app = new Hono<Env>();
  app.use(securityHeaders(), async (c, next) => {
    await next();
    // Media files set a value of their own, so that browsers may cache them.
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
      // The request has passed the checks, so its connection now has priority over those of strangers.
      c.env.trust?.();
      await next();
    },
    guardEmbedding,
    (c, next) => (PICTURE_FORMS.has(c.req.path) ? limitPicture(c, next) : limitForm(c, next)),
    guardChanges({ token: changeToken, seesOwnHost: access.kind !== "ingress" }),
  );

  // Loads the pages at the first visit, because a panel that nobody opens should take no memory.
  const pages = createLazyLoader(async () => (await import("../pages.tsx")).createPages(options));
  app.all("*", async (c) => {
    // `guardChanges` may have read the body, which can be read only once. The pages then get a copy of the request.
    const request = c.req.raw.bodyUsed ? await cloneRawRequest(c.req) : c.req.raw;
    return (await pages()).fetch(request, c.env);
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    logger.error(
      `The app could not show one of its pages. Please report this error: ${error.message}`,
      "panel failed",
    );
    return c.text("An error occurred. See the app's log.", 500);
  });
  return app;
}
