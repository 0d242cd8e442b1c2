import * as z from "zod";

import type { Clock } from "../../domain/clock.ts";
import type { HouseFile, HouseFileMemory } from "../../media/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";

const imagesSchema = z.array(z.object({ id: z.string(), name: z.string().catch("") }));

export interface UploadedFilesOptions {
  readonly request: HomeAssistantConnection["request"];
  readonly memory: HouseFileMemory;
  readonly clock: Clock;
  readonly stopping: AbortSignal;
  /** How long a file stays in Home Assistant, in milliseconds. */
  readonly livesMs: number;
}

/** The files that the app has stored in Home Assistant, which the app deletes when their time is over. */
export interface UploadedFiles {
  /**
   * Stores that a file has to be deleted later. Called before the upload: if the app is killed or gets no answer, Home
   * Assistant may have the file all the same.
   */
  remember(file: Pick<HouseFile, "kind" | "id">): void;
  /** Deletes all files whose time is over. */
  deleteOld(): void;
}

/** Opens the list of the files that the app has stored in Home Assistant. */
export function openUploadedFiles({
  request,
  memory,
  clock,
  stopping,
  livesMs,
}: UploadedFilesOptions): UploadedFiles {
  function deleteOld(): void {
    const now = clock.now();
    for (const file of memory.get().filter(({ until }) => until <= now)) void deleteFile(file);
  }

  async function deleteFile(file: HouseFile): Promise<void> {
    try {
      await (file.kind === "image" ? deleteImage(file.id) : deleteSound(file.id));
    } catch (error) {
      // If Home Assistant refuses the command, the file no longer exists. If there is no answer, `deleteOld` deletes the
      // file later.
      if (!(error instanceof HomeAssistantRefusedError)) return;
    }
    memory.set(memory.get().filter(({ id }) => id !== file.id));
  }

  /** Home Assistant gives each image an ID of its own, so the app finds the image by its random name. */
  async function deleteImage(name: string): Promise<void> {
    const images = imagesSchema.parse(await request({ type: "image/list" }));
    const image = images.find((one) => one.name === name);
    if (image !== undefined) await request({ type: "image/delete", image_id: image.id });
  }

  async function deleteSound(id: string): Promise<void> {
    await request({ type: "media_source/local_source/remove", media_content_id: id });
  }

  return {
    remember({ kind, id }) {
      memory.set([...memory.get(), { kind, id, until: clock.now() + livesMs }]);
      void clock.wait(livesMs, stopping).then(deleteOld);
    },
    deleteOld,
  };
}
