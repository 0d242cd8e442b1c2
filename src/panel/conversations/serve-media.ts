import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

import type { ConversationsTexts } from "../texts/conversations/conversations-texts.ts";
import type { MediaAnswer } from "./conversations-parts.ts";

/** What somebody sent is shown, but it is nothing of ours: it loads nothing, runs nothing and is of no origin. */
const POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** It never changes, so that a page that is shown anew need not fetch it anew; in seconds. */
const KEPT_FOR = 3600;

/** Hands a file of Twilio's on to the browser. `url`: null where there is none. */
export async function serveMedia(
  c: Context<{ Bindings: HttpBindings }>,
  url: string | null,
  fetchMedia: (url: string, signal: AbortSignal) => Promise<MediaAnswer>,
  texts: ConversationsTexts["media"],
): Promise<Response> {
  const media: MediaAnswer =
    url === null ? { ok: false, why: "gone" } : await fetchMedia(url, c.req.raw.signal);
  if (!media.ok) {
    const [text, status] = (
      {
        gone: [texts.gone, 404],
        refused: [texts.unreadable, 403],
        unreadable: [texts.unreadable, 415],
        away: [texts.away, 502],
      } as const
    )[media.why];
    return c.text(text, status);
  }
  return c.body(media.body, 200, {
    "Content-Type": media.type,
    "Content-Disposition": media.type === "application/pdf" ? "attachment" : "inline",
    "Content-Security-Policy": POLICY,
    "Cache-Control": `private, max-age=${KEPT_FOR}, immutable`,
  });
}
