import type { Clock } from "../domain/clock.ts";
import type { ReportedError } from "../domain/reported-error.ts";
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

/** All recipients of one command get the same picture, however long it takes to reach them; the next one is new. */
const SHARED_MS = 60_000;
const MOST_SHARED = 100;

export interface MediaFailure {
  readonly ok: false;
  readonly error: ReportedError;
  /** Whether asking again soon may help. */
  readonly isTransient: boolean;
}

export type PublishedMedia = { readonly ok: true; readonly urls: readonly string[] } | MediaFailure;

/** `sharedBy`: only those that name the same get the same picture; `request_id` keeps commands apart. */
export type PublishMedia = (
  sources: readonly string[],
  purpose: MediaPurpose,
  sharedBy?: string,
) => Promise<PublishedMedia>;

export interface PublishMediaOptions {
  readonly fetchMedia: FetchHomeMedia;
  /** Where Twilio fetches files; null while no public address is known. */
  readonly host: () => MediaHost | null;
  readonly clock: Clock;
}

interface Offer {
  readonly ok: true;
  readonly url: string;
  /** In bytes; 0 for what is offered by others. */
  readonly size: number;
}

/**
 * Makes of what stands in `media` or `play` addresses that Twilio can fetch. What Home Assistant has is fetched from it
 * once and checked before anything is sent: Twilio would say of most of it that all is well, and then send nothing.
 */
export function createMediaPublisher(options: PublishMediaOptions): PublishMedia {
  const { fetchMedia, host: presentHost, clock } = options;
  const recent = new Map<string, { readonly at: number; readonly offer: Promise<Offer | MediaFailure> }>();

  return async function offerMedia(texts, purpose, sharedBy = "") {
    const tooMany = tooManyMediaProblem(texts.length, purpose);
    if (tooMany !== null) return invalid(tooMany);
    const sources: MediaSource[] = [];
    for (const text of texts) {
      const source = parseMediaSource(text);
      if (source === null) return invalid(noSource(text));
      sources.push(source);
    }
    const host = presentHost();

    const offers = await Promise.all(
      sources.map(async (source): Promise<Offer | MediaFailure> => {
        if (source.kind === "url") return { ok: true, url: source.url, size: 0 };
        return host === null ? ADDRESS_UNKNOWN : await offerOnce(source, purpose, host, sharedBy);
      }),
    );
    const failures = offers.filter((offer) => !offer.ok);
    // One that lasts makes all asking again useless.
    const failure = failures.find(({ isTransient }) => !isTransient) ?? failures[0];
    if (failure !== undefined) return failure;
    const made = offers.filter((offer) => offer.ok);
    const tooLarge = totalMediaSizeProblem(
      made.map(({ size }) => size),
      purpose,
    );
    return tooLarge === null ? { ok: true, urls: made.map(({ url }) => url) } : invalid(tooLarge);
  };

  function offerOnce(
    source: HomeMediaSource,
    purpose: MediaPurpose,
    host: MediaHost,
    sharedBy: string,
  ): Promise<Offer | MediaFailure> {
    const key = JSON.stringify([sharedBy, purpose, source]);
    forgetOld();
    const known = recent.get(key);
    if (known !== undefined) return known.offer;
    const offer = fetchAndOffer(source, purpose, host);
    const entry = { at: clock.now(), offer };
    recent.set(key, entry);
    const forget = (): void => {
      if (recent.get(key) === entry) recent.delete(key);
    };
    offer.then(({ ok }) => ok || forget(), forget);
    return offer;
  }

  function forgetOld(): void {
    for (const [key, { at }] of recent) {
      const isShared = Math.abs(clock.now() - at) < SHARED_MS;
      if (!isShared || recent.size >= MOST_SHARED) recent.delete(key);
    }
  }

  async function fetchAndOffer(
    source: HomeMediaSource,
    purpose: MediaPurpose,
    host: MediaHost,
  ): Promise<Offer | MediaFailure> {
    const name = describeMediaSource(source);
    const fetched = await fetchMedia(source, maxMediaBytes(purpose));
    if (fetched.kind === "refused") return invalid(fetched.message);
    if (fetched.kind === "unavailable") return unavailable(fetched.message);
    const { type } = fetched;
    const size = fetched.kind === "fetched" ? fetched.content.length : fetched.size;
    const problem = mediaTypeProblem(name, type, purpose) ?? mediaSizeProblem(name, type, size, purpose);
    if (problem !== null || fetched.kind === "too_large") return invalid(problem ?? `${name} is too large.`);

    const { content } = fetched;
    const published = await host.publish({ type: acceptedMediaType(type, purpose) ?? type, content });
    if (!published.ok) return unavailable(`${name} cannot be sent now: ${published.message}`);
    return { ok: true, url: published.url, size: content.length };
  }
}

const ADDRESS_UNKNOWN = unavailable(
  "Twilio fetches pictures and sounds from the app, whose public address is not known yet. Set public_url in the app's options, or send your Twilio number a message once.",
  false,
);

function invalid(message: string): MediaFailure {
  return { ok: false, error: { code: "invalid", message, more_info: null }, isTransient: false };
}

function unavailable(message: string, isTransient = true): MediaFailure {
  return { ok: false, error: { code: "media_unavailable", message, more_info: null }, isTransient };
}

function noSource(text: string): string {
  return `${JSON.stringify(text.slice(0, 200))} is nothing that can be sent: it must be an address (https://…), a camera (camera.…), an image (image.…) or a media source (media-source://…).`;
}
