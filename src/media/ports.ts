import type { FetchedMedia, HomeMediaSource, MediaFetchResult, TwilioMedia } from "./source.ts";

/** Fetches a file from Home Assistant and reads no more than `mostBytes`. Never rejects. */
export type FetchHomeMedia = (source: HomeMediaSource, mostBytes: number) => Promise<MediaFetchResult>;

/**
 * Fetches a file of the account's messages or calls from Twilio. `range`: the part of the file, as in HTTP's header
 * `Range`. Never rejects.
 */
export type FetchTwilioMedia = (
  address: string,
  signal?: AbortSignal,
  range?: string | null,
) => Promise<TwilioMedia>;

/** Stores the files that the app publishes for Twilio for ten minutes. */
export interface TemporaryFileStore {
  /** Publishes a file at `/media/<token>`. If that fails, `message` says why, in a sentence. */
  add(
    media: FetchedMedia,
  ): Promise<
    { readonly ok: true; readonly token: string } | { readonly ok: false; readonly message: string }
  >;
}

/** A server at which the app publishes files for ten minutes, so that Twilio can fetch them. */
export interface MediaHost {
  /** Publishes a file. Never rejects. */
  publish(media: FetchedMedia): Promise<HostedFile>;
}

/**
 * The URL of a published file, or why it could not be published, in a sentence. `isTransient`: whether a retry may
 * help.
 */
export type HostedFile =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly message: string; readonly isTransient: boolean };

/** A file that the app has stored in Home Assistant and has to delete later. */
export interface HouseFile {
  readonly kind: "image" | "sound";
  /** The random name of the image, or the media-source ID of the sound or video. */
  readonly id: string;
  /** When the app deletes the file, in milliseconds since 1970. */
  readonly until: number;
}

/** Stores which files the app still has to delete in Home Assistant, so that it deletes them after a restart, too. */
export interface HouseFileMemory {
  get(): readonly HouseFile[];
  set(files: readonly HouseFile[]): void;
}
