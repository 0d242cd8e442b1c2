import type { Context, Next } from "hono";

import type { RequestBindings } from "../../domain/transport.ts";

/** Matches the names that this machine has in its own browsers. Every other name comes from a DNS server. */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Headers that proxies add to a request. */
const FORWARDING =
  /^(forwarded|via|x-forwarded(-.+)?|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip)$/;

/**
 * Completes the check of the IP address, so that only browsers on this machine reach a panel without a password.
 * Refuses requests under another host name, because a foreign page can let its own name point to this machine (DNS
 * rebinding). Also refuses requests whose headers or HTTP version show that they came through a proxy or tunnel.
 */
export async function guardLoopback(c: Context, next: Next): Promise<Response | void> {
  if (!LOOPBACK_HOST.test(c.req.header("host") ?? "")) {
    return c.text("Refused: without PANEL_PASSWORD, this page is available only at http://localhost.", 403);
  }
  if (isProxied(c)) {
    return c.text(
      "Refused: this request came through a proxy. Set PANEL_PASSWORD to use the page through a proxy.",
      403,
    );
  }
  await next();
}

function isProxied(c: Context): boolean {
  if (Object.keys(c.req.header()).some((name) => FORWARDING.test(name))) return true;
  // Browsers do not speak HTTP/1.0, but some proxies speak it and add no forwarding headers.
  if ((c.env as Partial<RequestBindings>).incoming?.httpVersion === "1.0") return true;
  const origin = c.req.header("origin");
  return (
    origin !== undefined &&
    origin !== "null" &&
    !(URL.canParse(origin) && LOOPBACK_HOST.test(new URL(origin).host))
  );
}
