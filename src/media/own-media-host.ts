import type { MediaHost, TemporaryFileStore } from "./ports.ts";

/**
 * Creates a media host that publishes files at the app's own public address. `base`: the public address, without a
 * slash at its end.
 */
export function createOwnMediaHost(files: TemporaryFileStore, base: string): MediaHost {
  return {
    async publish(media) {
      const added = await files.add(media);
      return added.ok ? { ok: true, url: `${base}/media/${added.token}` } : { ...added, isTransient: true };
    },
  };
}
