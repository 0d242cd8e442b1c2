import type { Clock } from "../domain/clock.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import { cutText } from "../domain/text/cut-text.ts";
import {
  acceptedMediaType,
  maxMediaBytes,
  mediaSizeProblem,
  totalMediaSizeProblem,
  tooManyMediaProblem,
  mediaTypeProblem,
} from "./limits.ts";
import type { MediaPurpose } from "./limits.ts";
import type { FetchHomeMedia, MediaHost } from "./ports.ts";
import { describeMediaSource, parseMediaSource } from "./source.ts";
import type { HomeMediaSource, MediaSource } from "./source.ts";

/**
 * If several recipients of a request get the same file, the app fetches and publishes the file once for all of them. A
 * published file can be used again for this time, in milliseconds.
 */
const SHARED_MS = 60_000;
const MAX_SHARED = 100;

export interface MediaFailure {
  readonly ok: false;
  readonly error: ReportedError;
  /** Whether a retry may help. */
  readonly isTransient: boolean;
}

export type PublishedMedia = { readonly ok: true; readonly urls: readonly string[] } | MediaFailure;

/**
 * Publishes the files that the field `media` or `play` of an action names.
 *
 * @param sharedBy the `request_id`; if several recipients of a request get the same file, the app fetches and publishes
 *   the file only one time
 */
export type PublishMedia = (
  sources: readonly string[],
  purpose: MediaPurpose,
  sharedBy?: string,
) => Promise<PublishedMedia>;

export interface PublishMediaOptions {
  readonly fetchMedia: FetchHomeMedia;
  /** The server at which the app now publishes files for Twilio. */
  readonly host: () => MediaHost;
  readonly clock: Clock;
}

interface PublishedFile {
  readonly ok: true;
  readonly url: string;
  /** The size of the file in bytes. 0 for a file that lies on another server. */
  readonly size: number;
}

/**
 * Creates the function that turns the values of `media` or `play` into URLs from which Twilio can fetch the files. The
 * app fetches files of Home Assistant and checks them before anything is sent. Twilio would accept a message with an
 * unsuitable file, but in most cases not send it.
 */
export function createMediaPublisher(options: PublishMediaOptions): PublishMedia {
  const { fetchMedia, host, clock } = options;
  const recent = new Map<
    string,
    { readonly at: number; readonly file: Promise<PublishedFile | MediaFailure> }
  >();

  return async function publishMedia(texts, purpose, sharedBy = "") {
    const tooMany = tooManyMediaProblem(texts.length, purpose);
    if (tooMany !== null) return invalid(tooMany);
    const sources: MediaSource[] = [];
    for (const text of texts) {
      const source = parseMediaSource(text);
      if (source === null) return invalid(notASource(text));
      sources.push(source);
    }
    const files = await Promise.all(
      sources.map(async (source): Promise<PublishedFile | MediaFailure> => {
        if (source.kind === "url") return { ok: true, url: source.url, size: 0 };
        return await publishShared(source, purpose, host(), sharedBy);
      }),
    );
    const failures = files.filter((file) => !file.ok);
    // If one of the failures is permanent, report this one, because a retry cannot help.
    const failure = failures.find(({ isTransient }) => !isTransient) ?? failures[0];
    if (failure !== undefined) return failure;
    const made = files.filter((file) => file.ok);
    const tooLarge = totalMediaSizeProblem(
      made.map(({ size }) => size),
      purpose,
    );
    return tooLarge === null ? { ok: true, urls: made.map(({ url }) => url) } : invalid(tooLarge);
  };

  function publishShared(
    source: HomeMediaSource,
    purpose: MediaPurpose,
    mediaHost: MediaHost,
    sharedBy: string,
  ): Promise<PublishedFile | MediaFailure> {
    const key = JSON.stringify([sharedBy, purpose, source]);
    removeOld();
    const known = recent.get(key);
    if (known !== undefined) return known.file;
    const file = fetchAndPublish(source, purpose, mediaHost);
    const entry = { at: clock.now(), file };
    recent.set(key, entry);
    const remove = (): void => {
      if (recent.get(key) === entry) recent.delete(key);
    };
    file.then(({ ok }) => ok || remove(), remove);
    return file;
  }

  function removeOld(): void {
    for (const [key, { at }] of recent) {
      const isShared = Math.abs(clock.now() - at) < SHARED_MS;
      if (!isShared || recent.size >= MAX_SHARED) recent.delete(key);
    }
  }

  async function fetchAndPublish(
    source: HomeMediaSource,
    purpose: MediaPurpose,
    mediaHost: MediaHost,
  ): Promise<PublishedFile | MediaFailure> {
    const name = describeMediaSource(source);
    const fetched = await fetchMedia(source, maxMediaBytes(purpose));
    if (fetched.kind === "refused") return invalid(fetched.message);
    if (fetched.kind === "unavailable") return unavailable(fetched.message);
    const { type } = fetched;
    const size = fetched.kind === "fetched" ? fetched.content.length : fetched.size;
    const problem = mediaTypeProblem(name, type, purpose) ?? mediaSizeProblem(name, type, size, purpose);
    if (problem !== null || fetched.kind === "too_large") return invalid(problem ?? `${name} is too large.`);

    const { content } = fetched;
    const published = await mediaHost.publish({ type: acceptedMediaType(type, purpose) ?? type, content });
    if (!published.ok)
      return unavailable(`${name} cannot be sent now: ${published.message}`, published.isTransient);
    return { ok: true, url: published.url, size: content.length };
  }
}

function invalid(message: string): MediaFailure {
  return { ok: false, error: { code: "invalid", message, more_info: null }, isTransient: false };
}

function unavailable(message: string, isTransient = true): MediaFailure {
  return { ok: false, error: { code: "media_unavailable", message, more_info: null }, isTransient };
}

function notASource(text: string): string {
  return `${JSON.stringify(cutText(text, 200))} cannot be sent. Enter a web address (https://…), a camera (camera.…), an image (image.…) or a media source (media-source://…).`;
}
