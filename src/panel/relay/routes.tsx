import type { Hono } from "hono";
import { html } from "hono/html";

import type { RequestBindings } from "../../domain/transport.ts";
import type { RelayUsageSource } from "../../setup/relay/ports.ts";
import type { Relay } from "../../setup/relay/relay.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { PageContext } from "../shell/app-state.ts";
import { RelayPage } from "./relay-page.tsx";

/** The data and actions that the page of the webhook relay uses. */
export interface RelayPorts {
  readonly relay: Pick<Relay, "state" | "plan" | "setUp" | "remove"> & {
    readonly usage: RelayUsageSource["thisMonth"];
  };
}

/** Adds the page of the webhook relay and the routes of its forms. */
export function addRelayRoutes(
  pages: Hono<{ Bindings: RequestBindings }>,
  { appState, changeToken, relay }: PageContext & RelayPorts,
): void {
  pages.get("/relay", async (c) => {
    const [plan, usage] = await Promise.all([
      relay.state().kind === "busy" ? null : relay.plan(),
      relay.state().kind === "ready" ? relay.usage() : null,
    ]);
    const state = relay.state();
    const shown = appState(c);
    const texts = textsFor(shown.language);
    const page = (
      <RelayPage
        appState={shown}
        state={state}
        usage={usage}
        plan={state.kind === "busy" ? null : plan}
        changeToken={changeToken}
        texts={texts}
      />
    );
    return c.html(html`<!doctype html>${page}`);
  });
  pages.post("/relay", async (c) => {
    const { action, number } = await c.req.parseBody({ all: true });
    if (action === "set_up") relay.setUp([number ?? []].flat().filter((sid) => typeof sid === "string"));
    if (action === "remove") relay.remove();
    // Because of the redirect, reloading the page does not submit the form again.
    return c.redirect("relay", 303);
  });
}
