import pLimit from "p-limit";

import type { Clock } from "../../domain/clock.ts";
import { readAtMost } from "../../domain/read-at-most.ts";
import type { Transport, TransportResponse } from "../../domain/transport.ts";
import type { FetchHomeMedia } from "../../media/ports.ts";
import {
  describeMediaSource,
  realMediaType,
  type HomeMediaSource,
  type MediaFetchResult,
} from "../../media/source.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantUnavailableError } from "../connection/errors.ts";
import { fetchFromHost } from "./fetch-from-host.ts";
import { locateMedia, type MediaLocation } from "./locate-media.ts";

/** The longest time for fetching a file, in milliseconds. Home Assistant itself waits for a camera for 10 s. */
const MOST_MS = 15_000;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * The highest number of files that are fetched at the same time. Each file is held in memory, and the machine may be
 * small.
 */
const MOST_AT_ONCE = 4;

export interface MediaFetcherOptions {
  /** The base URL of Home Assistant: Supervisor's proxy `http://supervisor/core`, or the URL of Core itself. */
  readonly url: string;
  readonly token: string;
  readonly request: HomeAssistantConnection["request"];
  readonly transport: Transport;
  readonly clock: Clock;
  /** Replaces `MOST_MS` in tests, in milliseconds. */
  readonly timeoutMs?: number;
}

/**
 * Makes a function that fetches the picture of a camera or image entity, or a file of a media source. This function
 * never rejects.
 */
export function createMediaFetcher(options: MediaFetcherOptions): FetchHomeMedia {
  const { url, token, request: ask, transport, clock, timeoutMs = MOST_MS } = options;
  const inTurn = pLimit(MOST_AT_ONCE);

  return function fetchMedia(source, mostBytes) {
    return inTurn(async () => {
      const signal = clock.timeoutSignal(timeoutMs);
      const name = describeMediaSource(source);
      try {
        return await Promise.race([fetchInTime(source, mostBytes, signal), aborted(signal)]);
      } catch (error) {
        return unavailable(
          signal.aborted
            ? `${name} could not be fetched within ${timeoutMs / 1000} s.`
            : `${name}: ${why(error)}`,
        );
      }
    });
  };

  async function fetchInTime(
    source: HomeMediaSource,
    mostBytes: number,
    signal: AbortSignal,
  ): Promise<MediaFetchResult> {
    const name = describeMediaSource(source);
    const place = await locateMedia(source, { url, ask });
    if (!place.ok) return { kind: "refused", message: place.message };
    const response = await request(place, signal).catch(() => null);
    if (response === null)
      return unavailable(`${name} cannot be fetched: ${new URL(place.url).host} cannot be reached.`);
    if (response.status < 200 || response.status > 299) {
      response.body.destroy();
      return noSuccess(name, response.status, source.kind);
    }
    const type = typeIn(response) || place.type;
    if (type.startsWith("multipart/")) {
      response.body.destroy();
      return { kind: "refused", message: `${name} is a live stream, which cannot be sent.` };
    }
    const content = await readAtMost(response, mostBytes);
    if (content === null) {
      const size = response.headers.get("content-length");
      return { kind: "too_large", type, size: size === null ? null : Number(size) };
    }
    if (content.length === 0) return unavailable(`${name} is an empty file.`);
    const realType = realMediaType(type, content);
    if (realType === null) return unavailable(`${name} is called ${type}, but it is no such picture.`);
    return { kind: "fetched", type: realType, content };
  }

  async function request(
    { url: from, needsToken }: MediaLocation,
    signal: AbortSignal,
  ): Promise<TransportResponse> {
    if (!needsToken) return await fetchFromHost(transport, from, signal);
    const response = await transport.request(from, { signal, headers: { authorization: `Bearer ${token}` } });
    if (!REDIRECTS.has(response.status)) return response;
    response.body.destroy();
    throw new Error("a redirect could lead the token elsewhere");
  }
}

function noSuccess(name: string, status: number, kind: HomeMediaSource["kind"]): MediaFetchResult {
  if (status === 404) return { kind: "refused", message: `${name} does not exist in Home Assistant.` };
  if (status === 502) return unavailable(`${name}: Home Assistant is not running yet.`);
  if (status === 401 || status === 403)
    return unavailable(`${name}: Home Assistant does not let the app fetch it.`);
  if (kind === "picture" && status === 503) return unavailable(`${name} is switched off.`);
  if (kind === "picture" && status === 500) return unavailable(`${name} has no picture at present.`);
  return unavailable(`${name} cannot be fetched: the answer is HTTP ${status}.`);
}

function unavailable(message: string): MediaFetchResult {
  return { kind: "unavailable", message };
}

/**
 * The content type in a response's header, without parameters. Empty if the header is missing or contains only
 * `application/octet-stream`.
 */
function typeIn({ headers }: TransportResponse): string {
  const [first = ""] = (headers.get("content-type") ?? "").split(";");
  const type = first.trim().toLowerCase();
  return type === "application/octet-stream" ? "" : type;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("out of time")), { once: true });
  });
}

function why(error: unknown): string {
  if (error instanceof HomeAssistantUnavailableError) return error.message;
  return "the connection was lost.";
}
