import type { Hono } from "hono";
import { html } from "hono/html";

import type { RequestBindings } from "../../domain/transport.ts";
import type { PageContext } from "../shell/app-state.ts";
import { ActivityPage } from "./activity-page.tsx";
import { diagnostics } from "./diagnostics.ts";
import type { ActivityPorts } from "./ports.ts";

/** Adds the routes `activity?before=<seq>` and `diagnostics.json`. */
export function addActivityRoutes(
  pages: Hono<{ Bindings: RequestBindings }>,
  { appState, clock, activity }: PageContext & ActivityPorts,
): void {
  pages.get("/activity", (c) => {
    const before = numberIn(c.req.query("before"));
    const page = <ActivityPage ports={activity} appState={appState(c)} before={before} at={clock.now()} />;
    return c.html(html`<!doctype html>${page}`);
  });
  pages.get("/diagnostics.json", (c) => {
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    c.header("Content-Disposition", `attachment; filename="twilio-diagnostics-${day}.json"`);
    c.header("Content-Type", "application/json; charset=utf-8");
    return c.body(JSON.stringify(diagnostics(activity, appState(c), clock), null, 2));
  });
}

function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
