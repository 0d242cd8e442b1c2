import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";

import type { ActivityParts } from "../activity/ports.ts";
import { addActivityPages } from "../activity/routes.tsx";
import type { ConversationsParts } from "../conversations/ports.ts";
import { addConversationPages } from "../conversations/routes.tsx";
import { addPastePages } from "../examples/routes.tsx";
import type { PasteParts } from "../examples/routes.tsx";
import { addLivePages } from "../live/routes.ts";
import type { LiveParts } from "../live/routes.ts";
import type { SetupParts } from "../setup/ports.ts";
import { addSetupPages } from "../setup/routes.tsx";
import type { PageContext } from "../shell/facts.ts";
import { PAGE_SCRIPT } from "../shell/page-script.ts";
import { PAGE_STYLE } from "../shell/page-style.ts";

type Env = { Bindings: HttpBindings };

export type PagesOptions = PageContext &
  SetupParts &
  ActivityParts &
  PasteParts &
  ConversationsParts &
  LiveParts;

/**
 * The panel's pages, for whom the guards have let pass. JSX escapes every text that is put into it. All addresses are
 * relative and one level deep, since ingress puts a path of its own before them.
 */
export function createPages(options: PagesOptions): Hono<Env> {
  const pages = new Hono<Env>();
  addSetupPages(pages, options);
  addActivityPages(pages, options);
  addPastePages(pages, options);
  addConversationPages(pages, options);
  addLivePages(pages, options);
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
