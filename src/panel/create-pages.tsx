import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { html } from "hono/html";

import { OverviewPage } from "./overview-page.tsx";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import type { PanelFacts } from "./panel-facts.ts";

type Env = { Bindings: HttpBindings };

/** What every page needs. */
export interface PageContext {
  /** What is so at the moment of the call. */
  readonly facts: () => PanelFacts;
  /** What a form or script that changes something has to carry. */
  readonly changeToken: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export type PagesOptions = PageContext;

/**
 * The panel's pages, for whom the guards have let pass. JSX escapes every text that is put into it. All addresses are
 * relative and one level deep, since ingress puts a path of its own before them.
 */
export function createPages(options: PagesOptions): Hono<Env> {
  const { facts, now } = options;
  const pages = new Hono<Env>();
  pages.get("/", (c) => c.html(html`<!doctype html>${<OverviewPage facts={facts()} at={now()} />}`));
  pages.get("/style.css", (c) => c.body(PAGE_STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }));
  pages.get("/script.js", (c) =>
    c.body(PAGE_SCRIPT, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
  );
  pages.notFound((c) => c.text("Not found", 404));
  // The panel's listener knows what to say and where to log it.
  pages.onError((error) => {
    throw error;
  });
  return pages;
}
