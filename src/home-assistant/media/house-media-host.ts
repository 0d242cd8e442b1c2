import * as z from "zod";

import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import { readAtMost } from "../../domain/read-at-most.ts";
import type { Transport } from "../../domain/transport.ts";
import { fileExtension } from "../../media/file-extension.ts";
import type { HouseFile, HouseFileMemory, MediaHost } from "../../media/ports.ts";
import type { FetchedMedia } from "../../media/source.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError, HomeAssistantUnavailableError } from "../connection/errors.ts";
import { writeUpload } from "./write-upload.ts";

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
const uploadedSchema = z.object({ media_content_id: z.string() });
const resolvedSchema = z.object({ url: z.string() });

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

  async function addressFromOutside(): Promise<string | null> {
    const { external_url: external } = configSchema.parse(await request({ type: "get_config" }));
    const address = external || (await remoteAccess());
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

  async function upload(path: string, fields: Readonly<Record<string, string>>, media: FetchedMedia) {
    const name = `${chance.bytes(16).toString("hex")}.${fileExtension(media.type)}`;
    const { type, body } = writeUpload(chance.uuid(), { fields, name, media });
    const response = await transport.request(`${url}/api/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": type },
      body,
      signal: AbortSignal.any([stopping, clock.timeoutSignal(UPLOAD_MS)]),
    });
    const text = (await readAtMost(response, MOST_ANSWER_BYTES))?.toString() ?? "";
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    return JSON.parse(text) as unknown;
  }

  async function publishImage(media: FetchedMedia): Promise<string> {
    const { id } = imageSchema.parse(await upload("image/upload", {}, media));
    remember({ kind: "image", id });
    return `/api/image/serve/${id}/original`;
  }

  async function publishSound(media: FetchedMedia): Promise<string> {
    const folder = { media_content_id: "media-source://media_source/local/." };
    const uploaded = await upload("media_source/local_source/upload", folder, media);
    // HTTP clients shorten `/./` in a URL. Home Assistant signs the URL as it is written, so the signature would not
    // match the shortened URL. So remove `/./` before Home Assistant signs the URL.
    const id = uploadedSchema.parse(uploaded).media_content_id.replace("/./", "/");
    remember({ kind: "sound", id });
    const resolved = await request({
      type: "media_source/resolve_media",
      media_content_id: id,
      expires: LIVES_MS / 1_000,
    });
    return resolvedSchema.parse(resolved).url;
  }

  function remember({ kind, id }: Pick<HouseFile, "kind" | "id">): void {
    memory.set([...memory.get(), { kind, id, until: clock.now() + LIVES_MS }]);
    void clock.wait(LIVES_MS, stopping).then(() => deleteOld());
  }

  function deleteOld(): void {
    const now = clock.now();
    for (const file of memory.get().filter(({ until }) => until <= now)) void deleteFile(file);
  }

  async function deleteFile({ kind, id }: HouseFile): Promise<void> {
    const command =
      kind === "image"
        ? { type: "image/delete", image_id: id }
        : { type: "media_source/local_source/remove", media_content_id: id };
    try {
      await request(command);
    } catch (error) {
      // If Home Assistant does not answer, `deleteOld` deletes the file later. If Home Assistant refuses the command,
      // the file no longer exists.
      if (error instanceof HomeAssistantUnavailableError) return;
    }
    memory.set(memory.get().filter((file) => file.id !== id));
  }

  return {
    async publish(media) {
      try {
        const base = await addressFromOutside();
        if (base === null) return { ok: false, message: NO_ADDRESS, isTransient: false };
        const path = IMAGE_TYPES.has(media.type) ? await publishImage(media) : await publishSound(media);
        return { ok: true, url: base + path };
      } catch {
        const message = "Home Assistant did not store the file for Twilio.";
        return { ok: false, message, isTransient: true };
      }
    },
    deleteOld,
  };
}

const NO_ADDRESS =
  "Twilio must be able to fetch the file from the internet. Enter an external URL in Home Assistant (Settings → System → Network, field Internet), or set public_url in the app's options.";
