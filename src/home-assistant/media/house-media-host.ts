import * as z from "zod";

import { isLocalHost } from "../../domain/address/local-host.ts";
import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import { readAtMost } from "../../domain/read-at-most.ts";
import type { Transport } from "../../domain/transport.ts";
import { fileExtension } from "../../media/file-extension.ts";
import type { HouseFileMemory, MediaHost } from "../../media/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";
import { openUploadedFiles } from "./uploaded-files.ts";
import { writeUpload } from "./write-upload.ts";
import type { Upload } from "./write-upload.ts";

/** The app deletes a published file after this time, in milliseconds. Twilio fetches it within a minute. */
const LIVES_MS = 10 * 60_000;
const UPLOAD_MS = 15_000;
const MOST_ANSWER_BYTES = 64 * 1024;

/** The image types that Home Assistant's image store accepts. Source: Core, `components/image_upload/__init__.py` */
const IMAGE_TYPES: ReadonlySet<string> = new Set(["image/gif", "image/jpeg", "image/png"]);

const configSchema = z.object({ external_url: z.string().nullish() });
/**
 * The part of the answer to `network/url` that the app reads. `cloud`: the public URL at Home Assistant Cloud. Home
 * Assistant refuses the command if it has not loaded its integration `network`.
 */
const addressesSchema = z.object({ cloud: z.string().nullish() }).catch({});
const imageSchema = z.object({ id: z.string() });
const resolvedSchema = z.object({ url: z.string(), mime_type: z.string().catch("") });

const IMAGE_UPLOAD = "image/upload";
const SOUND_UPLOAD = "media_source/local_source/upload";
const MEDIA_FOLDER = "media-source://media_source/local";

type NamedMedia = Pick<Upload, "name" | "media">;

export interface HouseMediaHostOptions {
  /** The base URL of Home Assistant: Supervisor's proxy `http://supervisor/core`, or the URL of Core itself. */
  readonly url: string;
  readonly token: string;
  readonly request: HomeAssistantConnection["request"];
  readonly memory: HouseFileMemory;
  readonly transport: Transport;
  readonly chance: Chance;
  readonly clock: Clock;
  readonly stopping: AbortSignal;
}

export interface HouseMediaHost extends MediaHost {
  /**
   * Deletes published files that are too old, even if the app has restarted since. Called each time that Home Assistant
   * runs again.
   */
  deleteOld(): void;
}

/**
 * Publishes files at Home Assistant's public URL while the app has no public address of its own. Pictures of the types
 * in `IMAGE_TYPES` go into Home Assistant's image store, where they need no login and have names that nobody can guess.
 * Other files, such as sounds, go into its media folder and get signed URLs.
 */
export function createHouseMediaHost(options: HouseMediaHostOptions): HouseMediaHost {
  const { url, token, request, memory, transport, chance, clock, stopping } = options;
  const files = openUploadedFiles({ request, memory, clock, stopping, livesMs: LIVES_MS });

  async function addressFromOutside(): Promise<string | null> {
    const { external_url: external } = configSchema.parse(await request({ type: "get_config" }));
    const host = URL.parse(external ?? "")?.hostname;
    // Some users enter their local URL as the external one. Twilio then needs the URL at Home Assistant Cloud.
    const isPublic = host !== undefined && !isLocalHost(host);
    const address = isPublic ? external : ((await remoteAccess()) ?? external);
    return address ? address.replace(/\/+$/, "") : null;
  }

  async function remoteAccess(): Promise<string | null> {
    try {
      return addressesSchema.parse(await request({ type: "network/url" })).cloud ?? null;
    } catch (error) {
      if (error instanceof HomeAssistantRefusedError) return null;
      throw error;
    }
  }

  /** Uploads a file with a random name, and returns Home Assistant's answer. */
  async function upload(path: string, fields: Readonly<Record<string, string>>, named: NamedMedia) {
    const { type, body } = writeUpload(chance.uuid(), { fields, ...named });
    const response = await transport.request(`${url}/api/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": type },
      body,
      signal: AbortSignal.any([stopping, clock.timeoutSignal(UPLOAD_MS)]),
    });
    const text = (await readAtMost(response, MOST_ANSWER_BYTES))?.toString() ?? "";
    if (response.status >= 400 && response.status < 500)
      throw new FileRefusedError(uploadRefusal(path, response.status));
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    return JSON.parse(text) as unknown;
  }

  async function publishImage(named: NamedMedia): Promise<string> {
    files.remember({ kind: "image", id: named.name });
    const { id } = imageSchema.parse(await upload(IMAGE_UPLOAD, {}, named));
    return `/api/image/serve/${id}/original`;
  }

  async function publishSound(named: NamedMedia): Promise<string> {
    const id = `${MEDIA_FOLDER}/${named.name}`;
    files.remember({ kind: "sound", id });
    await upload(SOUND_UPLOAD, { media_content_id: `${MEDIA_FOLDER}/.` }, named);
    const resolved = await request({
      type: "media_source/resolve_media",
      media_content_id: id,
      expires: LIVES_MS / 1_000,
    });
    const { url: path, mime_type: type } = resolvedSchema.parse(resolved);
    if (!isPublishable(type)) throw new FileRefusedError(notPublishable(named.media.type));
    return path;
  }

  return {
    async publish(media) {
      try {
        const base = await addressFromOutside();
        if (base === null) return { ok: false, message: NO_ADDRESS, isTransient: false };
        if (!isPublishable(media.type))
          return { ok: false, message: notPublishable(media.type), isTransient: false };
        const named = { name: `${chance.bytes(16).toString("hex")}.${fileExtension(media.type)}`, media };
        const path = IMAGE_TYPES.has(media.type) ? await publishImage(named) : await publishSound(named);
        return { ok: true, url: base + path };
      } catch (error) {
        if (error instanceof FileRefusedError)
          return { ok: false, message: error.message, isTransient: false };
        const isTransient = !(error instanceof HomeAssistantRefusedError);
        return { ok: false, message: "Home Assistant did not store the file for Twilio.", isTransient };
      }
    },
    deleteOld: files.deleteOld,
  };
}

/** Thrown if Home Assistant will not publish a file, so that a retry cannot help. The message is a sentence. */
class FileRefusedError extends Error {
  override readonly name = "FileRefusedError";
}

/** Whether Home Assistant's media folder takes and serves files of this type. Source: Core, `media_source/const.py` */
function isPublishable(type: string): boolean {
  return /^(image|audio|video)\//.test(type);
}

function notPublishable(type: string): string {
  return `Home Assistant publishes no files of the type ${type}. The app itself can, if you set public_url in its options.`;
}

function uploadRefusal(path: string, status: number): string {
  if (status === 404) {
    const integration = path === IMAGE_UPLOAD ? "image_upload" : "media_source";
    return `Home Assistant has not loaded ${integration}. Add default_config or ${integration} to configuration.yaml, or set public_url in the app's options.`;
  }
  const needs = path === IMAGE_UPLOAD ? "" : " Its media folders must include one with the name local.";
  return `Home Assistant refuses the file (HTTP ${status}).${needs}`;
}

const NO_ADDRESS =
  "Twilio must be able to fetch the file from the internet. Enter an external URL in Home Assistant (Settings → System → Network, field Internet), or set public_url in the app's options.";
