import { Hono } from "hono";
import { html } from "hono/html";

import { describeDiskProblem } from "../../domain/disk-problem.ts";
import type { DiskProblem } from "../../domain/disk-problem.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import { loadPageTexts, pageLanguage } from "../../texts/accepted-languages.ts";
import { textsFor } from "../../texts/texts-for.ts";
import { guardAccess } from "./guard-access.ts";
import type { GuardAccessOptions } from "./guard-access.ts";
import { securityHeaders } from "./security-headers.ts";

import { text as STYLE } from "../shell/style.css?text";

export interface OutagePanelOptions extends GuardAccessOptions {
  readonly problem: () => DiskProblem;
}

/** In seconds. The page reloads and becomes the panel soon after the app has started. */
const RELOAD_AFTER = 5;

/** The panel while the app cannot start: one page with the reason, behind the same guards, and the health check. */
export function createOutagePanelApp({ problem, ...guard }: OutagePanelOptions): Hono<{
  Bindings: RequestBindings;
}> {
  const app = new Hono<{ Bindings: RequestBindings }>();
  app.use(securityHeaders(), async (c, next) => {
    await next();
    c.res.headers.set("Cache-Control", "no-store");
  });
  app.get("/health", (c) =>
    c.json({ status: `cannot store webhooks: ${describeDiskProblem(problem())}` }, 503),
  );
  app.use(...guardAccess(guard));
  app.get("/style.css", (c) => c.body(STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }));
  app.all("*", async (c) => {
    // Home Assistant's language is not known yet.
    const accepted = c.req.header("accept-language");
    await loadPageTexts(accepted, "en");
    const texts = textsFor(pageLanguage(accepted, "en"));
    const page = (
      <html lang={texts.language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta http-equiv="refresh" content={String(RELOAD_AFTER)} />
          <title>{`${texts.outage.title} · ${texts.title}`}</title>
          <link rel="stylesheet" href="style.css" />
        </head>
        <body>
          <main>
            <h1>{texts.outage.title}</h1>
            <section class="card">
              <p>{texts.outage.reasons[problem()]}</p>
              <p>{texts.outage.meanwhile}</p>
            </section>
          </main>
        </body>
      </html>
    );
    return c.html(html`<!doctype html>${page}`, 503);
  });
  return app;
}
