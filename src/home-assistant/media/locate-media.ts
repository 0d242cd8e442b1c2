import * as z from "zod";

import { describeMediaSource } from "../../media/source.ts";
import type { HomeMediaSource } from "../../media/source.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";

export interface MediaLocation {
  readonly url: string;
  /**
   * Whether the HTTP request for the file must contain the app's access token for Home Assistant. The app must never
   * send this token to another host.
   */
  readonly needsToken: boolean;
  /** The content type that Home Assistant names for the file; empty if it names none. */
  readonly type: string;
}

export type LocatedMedia =
  | ({ readonly ok: true } & MediaLocation)
  /** The file cannot be located, and a retry cannot help. */
  | { readonly ok: false; readonly message: string };

const resolvedSchema = z.object({ url: z.string(), mime_type: z.string().catch("") });
const addressesSchema = z.object({ internal: z.url().nullable().catch(null) });

/**
 * Finds the URL of a media file. If `url` has a path, it is Supervisor's proxy, because the URL of Core itself never
 * has a path.
 *
 * The proxy passes on only `/api/…`, but files of media folders have URLs under `/media/…`. The app fetches a file of a
 * media folder from Home Assistant's internal URL. The file's URL is signed, so it needs no token.
 *
 * @param url Home Assistant's base URL
 * @throws {HomeAssistantUnavailableError} if Home Assistant does not answer
 */
export async function locateMedia(
  source: HomeMediaSource,
  { url, ask }: { readonly url: string; readonly ask: HomeAssistantConnection["request"] },
): Promise<LocatedMedia> {
  if (source.kind === "picture") {
    const [domain] = source.entityId.split(".");
    return { ok: true, url: `${url}/api/${domain}_proxy/${source.entityId}`, needsToken: true, type: "" };
  }
  const name = describeMediaSource(source);
  const resolved = await resolve(source.id);
  if (!resolved.ok) return resolved;
  const { url: found, mime_type: type } = resolved;
  if (/^https?:\/\//i.test(found)) return { ok: true, url: found, needsToken: false, type };
  if (!/^\/(?!\/)/.test(found)) {
    return { ok: false, message: `${name} cannot be fetched as a file.` };
  }
  if (found.startsWith("/api/")) {
    // A path with `..` could lead to another part of Supervisor's API, which must not get the token.
    return URL.parse(url + found)?.href.startsWith(new URL(`${url}/api/`).href)
      ? { ok: true, url: url + found, needsToken: true, type }
      : { ok: false, message: `${name} cannot be fetched as a file.` };
  }
  const isProxied = new URL(url).pathname !== "/";
  const base = isProxied ? await internalUrl() : url;
  if (base !== null) return { ok: true, url: new URL(found, base).href, needsToken: false, type };
  const message = `Supervisor does not forward the file ${name} to apps, and Home Assistant has no internal URL. Enter its internal URL under Settings, System, Network.`;
  return { ok: false, message };

  async function resolve(id: string) {
    try {
      const result = await ask({ type: "media_source/resolve_media", media_content_id: id });
      return { ok: true, ...resolvedSchema.parse(result) } as const;
    } catch (error) {
      if (!(error instanceof HomeAssistantRefusedError)) throw error;
      return { ok: false, message: `Home Assistant cannot find ${name}: ${error.message}` } as const;
    }
  }

  async function internalUrl(): Promise<string | null> {
    try {
      return addressesSchema.parse(await ask({ type: "network/url" })).internal;
    } catch (error) {
      if (error instanceof HomeAssistantRefusedError) return null;
      throw error;
    }
  }
}
