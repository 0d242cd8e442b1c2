import type { FetchedMedia, HomeMediaSource, MediaFetchResult, TwilioMedia } from "./source.ts";

/** Fetches a file from Home Assistant and reads no more than `mostBytes`. Never rejects. */
export type FetchHomeMedia = (source: HomeMediaSource, mostBytes: number) => Promise<MediaFetchResult>;

/** Fetches a file of the account's messages and calls. Never rejects. `range`: one part of it, as HTTP's `Range`. */
export type FetchTwilioMedia = (
  address: string,
  signal?: AbortSignal,
  range?: string | null,
) => Promise<TwilioMedia>;

/** Files that Twilio may fetch for ten minutes. */
export interface TemporaryFileStore {
  /** Offers a file at `/media/<token>`, or says in a sentence why it cannot be offered. */
  add(
    media: FetchedMedia,
  ): Promise<
    { readonly ok: true; readonly token: string } | { readonly ok: false; readonly message: string }
  >;
}
