import { Hono } from "hono";

import type { RequestBindings } from "../domain/transport.ts";
import type { ActivityPorts } from "./activity/ports.ts";
import { addActivityRoutes } from "./activity/routes.tsx";
import type { ContactsPorts } from "./contacts/ports.ts";
import { addContactsRoutes } from "./contacts/routes.tsx";
import type { ConversationsPorts } from "./conversations/ports.ts";
import { addConversationRoutes } from "./conversations/routes.tsx";
import { addExamplesRoutes } from "./examples/routes.tsx";
import type { ExamplesPorts } from "./examples/routes.tsx";
import { addLiveRoutes } from "./live/routes.ts";
import type { LivePorts } from "./live/routes.ts";
import { addRelayRoutes } from "./relay/routes.tsx";
import type { RelayPorts } from "./relay/routes.tsx";
import { securityHeaders } from "./server/security-headers.ts";
import type { SetupPorts } from "./setup/ports.ts";
import { addSetupRoutes } from "./setup/routes.tsx";
import type { PageContext } from "./shell/app-state.ts";
import { inlineStyleSource } from "./shell/inline-style.tsx";
import { text as SCRIPT } from "./shell/script.client.ts?text";

type Env = { Bindings: RequestBindings };

export type PagesOptions = PageContext &
  SetupPorts &
  ActivityPorts &
  ExamplesPorts &
  ContactsPorts &
  ConversationsPorts &
  RelayPorts &
  LivePorts;

/**
 * The panel's pages, behind the guards. JSX escapes every text. All URLs are relative and one level deep, because
 * ingress puts its own path before them.
 */
export function createPages(options: PagesOptions): Hono<Env> {
  const pages = new Hono<Env>();
  pages.use(securityHeaders(inlineStyleSource()));
  addSetupRoutes(pages, options);
  addActivityRoutes(pages, options);
  addExamplesRoutes(pages, options);
  addContactsRoutes(pages, options);
  addConversationRoutes(pages, options);
  addRelayRoutes(pages, options);
  addLiveRoutes(pages, options);
  pages.get("/script.js", (c) => c.body(SCRIPT, 200, { "Content-Type": "text/javascript; charset=utf-8" }));
  pages.notFound((c) => c.text("Not found", 404));
  // `createPanelApp` logs errors and responds to them.
  pages.onError((error) => {
    throw error;
  });
  return pages;
}
