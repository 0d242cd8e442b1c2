import type { Context, Next } from "hono";

/**
 * Refuses requests that pages of other sites cause, except for opening a page of the panel. Other sites could make a
 * browser load images or event streams of the panel. They cannot read the responses, but each costs a request to Twilio
 * or a connection.
 *
 * Over plain HTTP to another machine, browsers do not send the headers that reveal another site, so nothing is refused
 * then. Source: Fetch Metadata Request Headers, W3C.
 */
export async function guardEmbedding(c: Context, next: Next): Promise<Response | void> {
  const site = c.req.header("sec-fetch-site");
  const isOurs = site === undefined || site === "same-origin" || site === "none";
  const isVisit =
    c.req.header("sec-fetch-mode") === "navigate" && c.req.header("sec-fetch-dest") === "document";
  if (!isOurs && !isVisit) return c.text("Refused: another site asked for this.", 403);
  await next();
}
