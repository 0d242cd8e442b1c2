import { Hono } from "hono";
import type { Context } from "hono";
import { html } from "hono/html";

import type { RequestBindings } from "../domain/transport.ts";
import { loadPageTexts, pageLanguage } from "../texts/accepted-languages.ts";
import type { ActivityPorts } from "./activity/ports.ts";
import { addActivityRoutes } from "./activity/routes.tsx";
import type { AlarmsPorts } from "./alarms/ports.ts";
import { addAlarmRoutes } from "./alarms/routes.tsx";
import type { ContactsPorts } from "./contacts/ports.ts";
import { addContactsRoutes } from "./contacts/routes.tsx";
import type { ConversationsPorts } from "./conversations/ports.ts";
import { addConversationRoutes } from "./conversations/routes.tsx";
import { addExamplesRoutes } from "./examples/routes.tsx";
import type { ExamplesPorts } from "./examples/routes.tsx";
import type { ExportPorts } from "./export/ports.ts";
import { addExportRoutes } from "./export/routes.ts";
import { addLiveRoutes } from "./live/routes.ts";
import type { LivePorts } from "./live/routes.ts";
import { addRelayRoutes } from "./relay/routes.tsx";
import type { RelayPorts } from "./relay/routes.tsx";
import { RESTARTED_PAGE } from "./server/guard-changes.ts";
import { securityHeaders } from "./server/security-headers.ts";
import type { SetupPorts } from "./setup/ports.ts";
import { addSetupRoutes } from "./setup/routes.tsx";
import type { AppState, PageContext, ReadState } from "./shell/app-state.ts";
import { inlineStyleSource } from "./shell/inline-style.tsx";
import { RestartedPage } from "./shell/restarted-page.tsx";
import { text as SCRIPT } from "./shell/script.client.ts?text";

type Env = { Bindings: RequestBindings };

export type PagesOptions = Omit<PageContext, "appState"> & {
  /** Reads the present state of the app, which every page shows. */
  readonly appState: () => ReadState;
} & SetupPorts &
  ActivityPorts &
  ExamplesPorts &
  AlarmsPorts &
  ContactsPorts &
  ConversationsPorts &
  RelayPorts &
  LivePorts &
  ExportPorts;

/** The name of the Hono variable that contains the revision of the data at the arrival of a request. */
const REVISION = "revision";

/**
 * Creates the pages of the panel, which `createPanelApp` puts behind the checks of access. JSX escapes every text. All
 * URLs are relative and one level deep, because Home Assistant's ingress puts its own path before them.
 */
export function createPages(given: PagesOptions): Hono<Env> {
  const pages = new Hono<Env>();
  pages.use(securityHeaders(inlineStyleSource()));
  const options = {
    ...given,
    appState(c: Context): AppState {
      const appState = given.appState();
      const accepted = c.req.header("accept-language");
      const language = pageLanguage(accepted, appState.homeAssistant.language);
      return { ...appState, language, changeToken: given.changeToken, revision: String(c.get(REVISION)) };
    },
  };
  pages.use(async (c: Context, next) => {
    // Reads the revision before the route reads its data, so that a change during the request makes the page outdated.
    c.set(REVISION, given.live.revision());
    await loadPageTexts(c.req.header("accept-language"), given.appState().homeAssistant.language);
    await next();
  });
  addSetupRoutes(pages, options);
  addActivityRoutes(pages, options);
  addExamplesRoutes(pages, options);
  addAlarmRoutes(pages, options);
  addContactsRoutes(pages, options);
  addConversationRoutes(pages, options);
  addRelayRoutes(pages, options);
  addExportRoutes(pages, options);
  addLiveRoutes(pages, options);
  pages.get(`/${RESTARTED_PAGE}`, (c) => {
    const page = <RestartedPage appState={options.appState(c)} />;
    return c.html(html`<!doctype html>${page}`);
  });
  pages.get("/script.js", (c) => c.body(SCRIPT, 200, { "Content-Type": "text/javascript; charset=utf-8" }));
  pages.notFound((c) => c.text("Not found", 404));
  // Errors go to `createPanelApp`, which logs and answers them. Otherwise Hono would answer them here.
  pages.onError((error) => {
    throw error;
  });
  return pages;
}
