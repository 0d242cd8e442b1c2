import type { Context } from "hono";

import type { RequestBindings } from "../../domain/transport.ts";
import type { FetchTwilioMedia } from "../../media/ports.ts";
import type { TwilioMedia } from "../../media/source.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** The Content-Security-Policy of files from strangers. It lets them load and run nothing, and gives them no origin. */
const POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** How long a browser may cache a file, in seconds. */
const CACHE_SECONDS = 300;

/**
 * Fetches a file from Twilio and passes it on to the browser, or only the range that the browser requests.
 *
 * @param url the file's URL at Twilio; null if the message has no such file
 */
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
  // The answer to HEAD has no body, so the app must close Twilio's body unread.
  const isRead = c.req.method !== "HEAD";
  if (!isRead) await media.body.cancel();
  return c.newResponse(isRead ? media.body : null, media.part === null ? 200 : 206, {
    "Content-Type": media.type,
    ...(media.length === null ? {} : { "Content-Length": String(media.length) }),
    ...(media.part === null ? {} : { "Content-Range": media.part }),
    ...(media.hasParts ? { "Accept-Ranges": "bytes" } : {}),
    "Content-Disposition": media.type === "application/pdf" ? "attachment" : "inline",
    "Content-Security-Policy": POLICY,
    "Cache-Control": `private, max-age=${CACHE_SECONDS}`,
  });
}
