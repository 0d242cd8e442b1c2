import { Hono } from "hono";
import { html } from "hono/html";

import { describeDiskProblem } from "../../domain/disk-problem.ts";
import type { DiskProblem } from "../../domain/disk-problem.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import { loadPageTexts, pageLanguage } from "../../texts/accepted-languages.ts";
import { textsFor } from "../../texts/texts-for.ts";
import { InlineStyle, inlineStyleSource } from "../shell/inline-style.tsx";
import { guardAccess } from "./guard-access.ts";
import type { GuardAccessOptions } from "./guard-access.ts";
import { securityHeaders } from "./security-headers.ts";

export interface OutagePanelOptions extends GuardAccessOptions {
  readonly problem: () => DiskProblem;
}

/** After how many seconds the browser loads the page again. When the app has started, the browser gets the panel. */
const RELOAD_AFTER = 5;

/**
 * Creates the panel for the time in which the app cannot start: one page with the reason, and the health check. The
 * checks of access are the usual ones.
 */
export function createOutagePanelApp({ problem, ...guard }: OutagePanelOptions): Hono<{
  Bindings: RequestBindings;
}> {
  const app = new Hono<{ Bindings: RequestBindings }>();
  app.use(securityHeaders(inlineStyleSource()), async (c, next) => {
    await next();
    c.res.headers.set("Cache-Control", "no-store");
  });
  app.get("/health", (c) =>
    c.json({ status: `cannot store webhooks: ${describeDiskProblem(problem())}` }, 503),
  );
  app.use(...guardAccess(guard));
  app.all("*", async (c) => {
    // The app does not know Home Assistant's language yet, so it takes the browser's.
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
          <InlineStyle />
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
