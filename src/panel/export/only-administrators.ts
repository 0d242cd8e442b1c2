import type { Context, MiddlewareHandler, Next } from "hono";

import { textsFor } from "../../texts/texts-for.ts";
import type { PageContext } from "../shell/app-state.ts";
import type { ExportPorts } from "./ports.ts";

/**
 * Makes a guard that lets only Home Assistant's administrators through. Without ingress, it lets every request through.
 * The option `panel_admin` of an app only hides the app from the sidebar. Any user can ask Supervisor for a session and
 * open the page by its URL.
 *
 * The header `X-Remote-User-ID` is reliable. Supervisor removes this header from the browser's request, and sets it to
 * the ID of the session's user. Source: supervisor/api/ingress.py
 */
export function onlyAdministrators({
  isAdministrator,
  appState,
}: ExportPorts & Pick<PageContext, "appState">): MiddlewareHandler {
  return async function guard(c: Context, next: Next): Promise<Response | void> {
    if (isAdministrator === null) return await next();
    const { export: said } = textsFor(appState(c).language);
    const user = c.req.header("x-remote-user-id") ?? "";
    if (user === "") return c.text(said.unknownUser, 403);
    const isAllowed = await isAdministrator(user);
    if (isAllowed === null) return c.text(said.away, 503);
    return isAllowed ? await next() : c.text(said.onlyAdministrators, 403);
  };
}
