import type { Context, MiddlewareHandler, Next } from "hono";

import { constantTimeEqual } from "./constant-time-equal.ts";

/** A request that reads changes nothing, so that any page may cause it. */
const READS = new Set(["GET", "HEAD"]);

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** Where a page's change carries its token: in a header where a script sends it, else in a hidden field of the form. */
export const CHANGE_TOKEN_HEADER = "X-Change-Token";
export const CHANGE_TOKEN_FIELD = "change_token";

export interface GuardChangesOptions {
  /** Unguessable and of this start alone. Only a page of ours knows it, and no other page can read ours. */
  readonly token: string;
  /** Whether `Host` is the name in the browser's address bar. It is not behind ingress. */
  readonly seesOwnHost: boolean;
}

/**
 * Lets a change pass only where a page of ours asked for it. The token is what proves that. What browsers say of a
 * request's origin comes on top and is believed only when it speaks against it: over plain HTTP, as many reach their
 * Home Assistant, they send no `Sec-Fetch-Site`; under `Referrer-Policy: no-referrer` the `Origin` of a form is `null`;
 * and ingress hands on the origin of Home Assistant with a `Host` of its own.
 */
export function guardChanges({ token, seesOwnHost }: GuardChangesOptions): MiddlewareHandler {
  return async function guardChange(c: Context, next: Next) {
    if (READS.has(c.req.method)) return await next();
    if (isForeign(c, seesOwnHost)) return c.text("Refused: another page asked for this.", 403);
    const given = await tokenOf(c);
    if (given === null || !constantTimeEqual(given, token)) {
      return c.text("Refused: this page is from before the app's last start. Reload it.", 403);
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
