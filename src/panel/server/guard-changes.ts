import type { Context, MiddlewareHandler, Next } from "hono";

import { constantTimeEqual } from "./constant-time-equal.ts";

/**
 * The HTTP methods of requests that need no token. Such a request changes nothing, except that opening a conversation
 * marks it as read.
 */
const READS = new Set(["GET", "HEAD"]);

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** The page for a browser whose page is older than the app's last start, see `createPages`. */
export const RESTARTED_PAGE = "restarted";

/** The header with the token, if a script sends the change. A form sends the token in a hidden field. */
export const CHANGE_TOKEN_HEADER = "X-Change-Token";
export const CHANGE_TOKEN_FIELD = "change_token";

export interface GuardChangesOptions {
  /**
   * A secret that is new at each start of the app. Only the panel's pages contain it, and pages of other sites cannot
   * read them.
   */
  readonly token: string;
  /** Whether the header `Host` is the name in the browser's address bar. Behind ingress it is not. */
  readonly seesOwnHost: boolean;
}

/**
 * Makes the check that a change comes from a page of the panel, as the page's token shows. The headers `Sec-Fetch-Site`
 * and `Origin` are only an additional check, for these reasons:
 *
 * - Over plain HTTP, browsers send no `Sec-Fetch-Site`.
 * - With `Referrer-Policy: no-referrer`, the `Origin` of a form is `null`.
 * - Ingress passes on the origin of Home Assistant, but with another `Host`.
 *
 * Without the right token, a browser gets `RESTARTED_PAGE`, because its page is probably older than the app's start.
 */
export function guardChanges({ token, seesOwnHost }: GuardChangesOptions): MiddlewareHandler {
  return async function guardChange(c: Context, next: Next) {
    if (READS.has(c.req.method)) return await next();
    if (isForeign(c, seesOwnHost)) return c.text("Refused: another site asked for this.", 403);
    const given = await tokenOf(c);
    if (given === null || !constantTimeEqual(given, token)) {
      if (c.req.header("accept")?.includes("text/html") === true) return c.redirect(RESTARTED_PAGE, 303);
      return c.text("Refused: the app has restarted since this page was loaded. Reload the page.", 403);
    }
    await next();
  };
}

function isForeign(c: Context, seesOwnHost: boolean): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site !== "same-origin";
  const origin = c.req.header("origin");
  if (!seesOwnHost || origin === undefined || origin === "null") return false;
  return !URL.canParse(origin) || new URL(origin).host !== c.req.header("host")?.toLowerCase();
}

async function tokenOf(c: Context): Promise<string | null> {
  const header = c.req.header(CHANGE_TOKEN_HEADER);
  if (header !== undefined) return header;
  if (!FORM.test(c.req.header("content-type") ?? "")) return null;
  const form = await c.req.parseBody().catch(() => null);
  const field = form?.[CHANGE_TOKEN_FIELD];
  return typeof field === "string" ? field : null;
}
