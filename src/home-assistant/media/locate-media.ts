import * as z from "zod";

import { describeMediaSource } from "../../media/source.ts";
import type { HomeMediaSource } from "../../media/source.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";

export interface MediaLocation {
  readonly url: string;
  /** Whether the app's own token opens it. Others must never see that. */
  readonly needsToken: boolean;
  /** The type that Home Assistant told beforehand; empty where it did not. */
  readonly type: string;
}

export type LocatedMedia =
  | ({ readonly ok: true } & MediaLocation)
  /** Asking again changes nothing. */
  | { readonly ok: false; readonly message: string };

const resolvedSchema = z.object({ url: z.string(), mime_type: z.string().catch("") });
const addressesSchema = z.object({ internal: z.url().nullable().catch(null) });

/**
 * Where a file is to be had. `url` is Home Assistant's base URL. One with a path is Supervisor's proxy, for Home
 * Assistant itself is never served under one: that hands on `/api/…` only, while files of media folders lie under
 * `/media/…`. Those are then fetched from the address that Home Assistant has in the house; they carry a signature of
 * their own, so that the token, which is Supervisor's, is not needed.
 *
 * @throws {HomeAssistantUnavailableError} where Home Assistant is away
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
    // `..` in it could lead the token to another part of Supervisor's API.
    return URL.parse(url + found)?.href.startsWith(new URL(`${url}/api/`).href)
      ? { ok: true, url: url + found, needsToken: true, type }
      : { ok: false, message: `${name} cannot be fetched as a file.` };
  }
  const isProxied = new URL(url).pathname !== "/";
  const base = isProxied ? await addressInTheHouse() : url;
  if (base !== null) return { ok: true, url: new URL(found, base).href, needsToken: false, type };
  const message = `${name} is a file that Supervisor does not hand on to apps, and Home Assistant knows no address of its own in the house: set its internal URL under Settings, System, Network.`;
  return { ok: false, message };

  async function resolve(id: string) {
    try {
      const result = await ask({ type: "media_source/resolve_media", media_content_id: id });
      return { ok: true, ...resolvedSchema.parse(result) } as const;
    } catch (error) {
      if (!(error instanceof HomeAssistantRefusedError)) throw error;
      return { ok: false, message: `Home Assistant finds no ${name}: ${error.message}` } as const;
    }
  }

  async function addressInTheHouse(): Promise<string | null> {
    try {
      return addressesSchema.parse(await ask({ type: "network/url" })).internal;
    } catch (error) {
      if (error instanceof HomeAssistantRefusedError) return null;
      throw error;
    }
  }
}
