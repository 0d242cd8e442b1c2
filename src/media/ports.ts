import type { FetchedMedia, HomeMediaSource, MediaFetchResult, TwilioMedia } from "./source.ts";

/** Fetches a file from Home Assistant and reads no more than `mostBytes`. Never rejects. */
export type FetchHomeMedia = (source: HomeMediaSource, mostBytes: number) => Promise<MediaFetchResult>;

/** Fetches a file of the account's messages or calls. Never rejects. `range`: a part of the file, as HTTP's `Range`. */
export type FetchTwilioMedia = (
  address: string,
  signal?: AbortSignal,
  range?: string | null,
) => Promise<TwilioMedia>;

/** The files that the app publishes for Twilio for ten minutes. */
export interface TemporaryFileStore {
  /** Publishes a file at `/media/<token>`; `message` is a sentence if that fails. */
  add(
    media: FetchedMedia,
  ): Promise<
    { readonly ok: true; readonly token: string } | { readonly ok: false; readonly message: string }
  >;
}

/** The place from which Twilio can fetch a file for ten minutes. */
export interface MediaHost {
  /** Publishes a file. Never rejects. */
  publish(media: FetchedMedia): Promise<HostedFile>;
}

/** The URL of a published file, or a sentence that says why there is none. `isTransient`: whether a retry may help. */
export type HostedFile =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly message: string; readonly isTransient: boolean };

/** A file that the app has stored in Home Assistant and has to delete later. */
export interface HouseFile {
  readonly kind: "image" | "sound";
  /** The ID of the image, or of the media source. */
  readonly id: string;
  /** When the app deletes the file, in milliseconds since 1970. */
  readonly until: number;
}

/** Stores which files are still to be deleted, so that a restart does not lose them. */
export interface HouseFileMemory {
  get(): readonly HouseFile[];
  set(files: readonly HouseFile[]): void;
}
