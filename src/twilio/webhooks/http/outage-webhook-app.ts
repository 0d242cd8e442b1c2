import { Hono } from "hono";

import { describeDiskProblem } from "../../../domain/disk-problem.ts";
import type { DiskProblem } from "../../../domain/disk-problem.ts";
import type { RequestBindings } from "../../../domain/transport.ts";

/**
 * Creates the handler of the public port for the time in which the app cannot store webhooks. It answers 503 to every
 * request, so that no webhook is acknowledged. `/health` names the problem.
 */
export function createOutageWebhookApp(problem: () => DiskProblem): Hono<{ Bindings: RequestBindings }> {
  const app = new Hono<{ Bindings: RequestBindings }>();
  app.all("*", (c) => {
    c.header("Cache-Control", "no-store");
    if (!c.req.path.endsWith("/health")) return c.text("The app cannot store this now", 503);
    return c.json({ status: `cannot store webhooks: ${describeDiskProblem(problem())}` }, 503);
  });
  return app;
}
