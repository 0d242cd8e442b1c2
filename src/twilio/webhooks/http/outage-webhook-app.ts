import { Hono } from "hono";

import { describeDiskProblem } from "../../../domain/disk-problem.ts";
import type { DiskProblem } from "../../../domain/disk-problem.ts";
import type { RequestBindings } from "../../../domain/transport.ts";

/**
 * The public listener while nothing can be kept: 503 for everything, so that Twilio takes no webhook for acknowledged,
 * and the health check says why.
 */
export function createOutageWebhookApp(trouble: () => DiskProblem): Hono<{ Bindings: RequestBindings }> {
  const app = new Hono<{ Bindings: RequestBindings }>();
  app.all("*", (c) => {
    c.header("Cache-Control", "no-store");
    if (!c.req.path.endsWith("/health")) return c.text("The app cannot store this now", 503);
    return c.json({ status: `cannot keep webhooks: ${describeDiskProblem(trouble())}` }, 503);
  });
  return app;
}
