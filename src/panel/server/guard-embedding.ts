import type { Context, Next } from "hono";

/**
 * Serves a browser only what a page of ours asks for, or what a person goes to. Pages of other sites can make a browser
 * load an image, open an event stream or fetch from here without being able to read the answer; each would cost the app
 * a look-up at Twilio or a connection. Over plain HTTP to another machine browsers do not send these headers, and then
 * nothing is refused. Source: Fetch Metadata Request Headers, W3C.
 */
export async function guardEmbedding(c: Context, next: Next): Promise<Response | void> {
  const site = c.req.header("sec-fetch-site");
  const isOurs = site === undefined || site === "same-origin" || site === "none";
  const isVisit =
    c.req.header("sec-fetch-mode") === "navigate" && c.req.header("sec-fetch-dest") === "document";
  if (!isOurs && !isVisit) return c.text("Refused: another page asked for this.", 403);
  await next();
}
