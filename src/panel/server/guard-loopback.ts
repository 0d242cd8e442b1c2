import type { Context, Next } from "hono";

import type { RequestBindings } from "../../domain/transport.ts";

/** What a browser on this machine calls it. Whatever else leads here was made to, by a DNS server. */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Each is written by something that passes on what others have asked. */
const FORWARDING =
  /^(forwarded|via|x-forwarded(-.+)?|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip)$/;

/**
 * Without a password nobody but this machine is to see the panel. A foreign page in its browser may have its own name
 * lead here (DNS rebinding), and a proxy or a tunnel on it may bring others: neither is served.
 */
export async function guardLoopback(c: Context, next: Next): Promise<Response | void> {
  if (!LOOPBACK_HOST.test(c.req.header("host") ?? "")) {
    return c.text("Refused: without PANEL_PASSWORD this page is served under http://localhost alone.", 403);
  }
  if (isProxied(c)) {
    return c.text("Refused: this came through a proxy. Set PANEL_PASSWORD to be served through one.", 403);
  }
  await next();
}

function isProxied(c: Context): boolean {
  if (Object.keys(c.req.header()).some((name) => FORWARDING.test(name))) return true;
  // No browser speaks it; proxies that say nothing of themselves do.
  if ((c.env as Partial<RequestBindings>).incoming?.httpVersion === "1.0") return true;
  const origin = c.req.header("origin");
  return (
    origin !== undefined &&
    origin !== "null" &&
    !(URL.canParse(origin) && LOOPBACK_HOST.test(new URL(origin).host))
  );
}
