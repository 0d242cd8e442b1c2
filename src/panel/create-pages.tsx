import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";

import type { ActivityParts } from "./activity/activity-parts.ts";
import { addActivityPages } from "./activity/add-activity-pages.tsx";
import { addConversationPages } from "./conversations/add-conversation-pages.tsx";
import type { ConversationsParts } from "./conversations/conversations-parts.ts";
import { addLivePages } from "./live/add-live-pages.ts";
import type { LiveParts } from "./live/live-parts.ts";
import type { PageContext } from "./page-context.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { addPastePages } from "./paste/add-paste-pages.tsx";
import type { PasteParts } from "./paste/paste-parts.ts";
import { addSetupPages } from "./setup/add-setup-pages.tsx";
import type { SetupParts } from "./setup/setup-parts.ts";

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
