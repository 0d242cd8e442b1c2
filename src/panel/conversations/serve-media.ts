import type { Context } from "hono";

import type { RequestBindings } from "../../domain/transport.ts";
import type { FetchTwilioMedia } from "../../media/ports.ts";
import type { TwilioMedia } from "../../media/source.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** What somebody sent is shown, but it is nothing of ours: it loads nothing, runs nothing and is of no origin. */
const POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** So that a page that is shown anew need not fetch it anew; in seconds. */
const KEPT_FOR = 300;

/** Hands a file of Twilio's on to the browser, or the part of it that is asked for. `url`: null where there is none. */
export async function serveMedia(
  c: Context<{ Bindings: RequestBindings }>,
  url: string | null,
  fetchMedia: FetchTwilioMedia,
  texts: ConversationsTexts["media"],
): Promise<Response> {
  const media: TwilioMedia =
    url === null
      ? { ok: false, why: "gone" }
      : await fetchMedia(url, c.req.raw.signal, c.req.header("range") ?? null);
  if (!media.ok) {
    const [text, status] = (
      {
        gone: [texts.gone, 404],
        refused: [texts.unreadable, 403],
        unreadable: [texts.unreadable, 415],
        away: [texts.away, 502],
        beyond: [texts.unreadable, 416],
      } as const
    )[media.why];
    return c.text(text, status);
  }
  // Nobody reads the body of an answer to HEAD, or ends it.
  const isRead = c.req.method !== "HEAD";
  if (!isRead) await media.body.cancel();
  return c.newResponse(isRead ? media.body : null, media.part === null ? 200 : 206, {
    "Content-Type": media.type,
    ...(media.length === null ? {} : { "Content-Length": String(media.length) }),
    ...(media.part === null ? {} : { "Content-Range": media.part }),
    ...(media.hasParts ? { "Accept-Ranges": "bytes" } : {}),
    "Content-Disposition": media.type === "application/pdf" ? "attachment" : "inline",
    "Content-Security-Policy": POLICY,
    "Cache-Control": `private, max-age=${KEPT_FOR}`,
  });
}
