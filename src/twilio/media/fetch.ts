import { Readable } from "node:stream";

import type { Clock } from "../../domain/clock.ts";
import { AddressRefusedError } from "../../domain/transport.ts";
import type { Transport, TransportResponse } from "../../domain/transport.ts";
import type { FetchTwilioMedia } from "../../media/ports.ts";
import type { TwilioMedia } from "../../media/source.ts";
import type { AccountCredentials } from "../rest/client.ts";
import { fetchPublicFile } from "./fetch-public-file.ts";
import { isPublicIp } from "./is-public-ip.ts";

/**
 * The size of the largest fetched file, in bytes. A message has at most 16 MB of media, and a recording of an hour
 * about as much.
 */
const MOST_BYTES = 32 * 1024 * 1024;
/** How many redirects the app follows. Twilio redirects once, to the storage of its files. */
const MOST_REDIRECTS = 3;
const WITHIN_MS = 60_000;

/** Matches a header `Range` with one range of bytes. iPhones play only files that support ranges. */
const RANGE = /^bytes=(\d{1,15}-\d{0,15}|-\d{1,15})$/;

const NO_BODY: ReadonlySet<number> = new Set([204, 205]);

/** Matches media types that a browser can show and that cannot contain scripts, unlike SVG. */
const SHOWN = /^(image\/(?!svg)|audio\/|video\/|application\/pdf$)/;

export interface TwilioMediaOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** How long fetching the whole file may take, in milliseconds. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /**
   * Decides whether a redirect may lead to an IP address. By default, only public IP addresses are allowed. Tests also
   * allow others.
   */
  readonly isAllowed?: (ip: string) => boolean;
}

/**
 * Creates a function that fetches the media of messages and recordings. Its promise never rejects.
 *
 * Only the first HTTP request has the credentials. It goes to the API's own host and fetches a file of this account.
 * Other URLs in a webhook are refused. The function follows redirects without credentials, to the API's host or to an
 * `https` URL of a public host. It follows no other redirect, such as one to another host in the local network.
 */
export function createTwilioMedia(
  account: AccountCredentials,
  options: TwilioMediaOptions,
): FetchTwilioMedia {
  const { transport, clock, timeoutMs = WITHIN_MS, maxBytes = MOST_BYTES, isAllowed = isPublicIp } = options;
  const authorization = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;

  return async function fetchTwilioMedia(address, signal, range = null) {
    let url = mediaAddress(account, address);
    if (url === null) return { ok: false, why: "refused" };
    const within = clock.timeoutSignal(timeoutMs);
    const ending = signal === undefined ? within : AbortSignal.any([signal, within]);
    const { origin } = url;
    try {
      for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
        const headers: Record<string, string> = {
          // Asks for the file without compression, so that lengths and ranges are those of the file itself.
          "accept-encoding": "identity",
          ...(range !== null && RANGE.test(range) ? { range } : {}),
          ...(redirects === 0 ? { authorization } : {}),
        };
        const answer =
          url.origin === origin
            ? await transport.request(url, { headers, signal: ending })
            : await fetchPublicFile(transport, url, { headers, signal: ending, isAllowed });
        const next = answer.headers.get("location");
        if (answer.status < 300 || answer.status >= 400 || next === null) return read(answer, maxBytes);
        answer.body.destroy();
        const target = URL.parse(next, url.href);
        if (target === null) return { ok: false, why: "refused" };
        url = target;
      }
    } catch (error) {
      if (error instanceof AddressRefusedError) return { ok: false, why: "refused" };
    }
    return { ok: false, why: "away" };
  };
}

/**
 * Returns the URL to fetch: the API's own host with the path of the webhook's URL. Returns null if the URL is not a
 * file of this account.
 */
function mediaAddress(account: AccountCredentials, address: string): URL | null {
  const given = URL.parse(address);
  if (given === null || given.username !== "" || given.password !== "") return null;
  const { apiBaseUrl, region, edge, standIn } = account;
  const twilio = region === null || edge === null ? null : `https://api.${edge}.${region}.twilio.com`;
  const base = new URL(standIn ?? apiBaseUrl ?? twilio ?? "https://api.twilio.com");
  // Twilio writes its main host into file URLs, even if the account uses another region.
  const isOurs =
    given.origin === base.origin || (apiBaseUrl === null && given.origin === "https://api.twilio.com");
  if (!isOurs) return null;
  const prefix = base.pathname.replace(/\/+$/, "");
  const path = given.pathname.startsWith(`${prefix}/2010-04-01/`)
    ? given.pathname.slice(prefix.length)
    : given.pathname;
  const file =
    /^\/2010-04-01\/Accounts\/([\w-]+)\/(?:Messages\/[\w-]+\/Media\/[\w-]+|(?:Calls\/[\w-]+\/)?Recordings\/[\w-]+(?:\.(?:mp3|wav))?)$/;
  if (file.exec(path)?.[1] !== account.accountSid) return null;
  return new URL(`${base.origin}${prefix}${path}`);
}

function read(answer: TransportResponse, mostBytes: number): TwilioMedia {
  const type = answer.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const isEncoded = (answer.headers.get("content-encoding") ?? "identity") !== "identity";
  const length = isEncoded ? null : numberIn(answer.headers.get("content-length"));
  const part = answer.status === 206 ? answer.headers.get("content-range") : null;
  const whole = numberIn(part?.split("/")[1] ?? null) ?? length ?? 0;
  const isOk = answer.status >= 200 && answer.status < 300;
  if (isOk && !NO_BODY.has(answer.status) && SHOWN.test(type) && whole <= mostBytes) {
    const hasParts = part !== null || answer.headers.get("accept-ranges") === "bytes";
    const body = (Readable.toWeb(answer.body) as ReadableStream<Uint8Array>).pipeThrough(limited(mostBytes));
    return { ok: true, type, body, length, hasParts, part };
  }
  answer.body.destroy();
  if (answer.status === 416) return { ok: false, why: "beyond" };
  if (isOk) return { ok: false, why: "unreadable" };
  return { ok: false, why: answer.status === 404 || answer.status === 410 ? "gone" : "away" };
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Makes a stream that passes on at most `mostBytes` bytes and fails after that. */
function limited(mostBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let left = mostBytes;
  return new TransformStream({
    transform(chunk, controller) {
      left -= chunk.byteLength;
      if (left < 0) controller.error(new Error("too large"));
      else controller.enqueue(chunk);
    },
  });
}
