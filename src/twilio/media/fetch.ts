import { Readable } from "node:stream";

import type { Clock } from "../../domain/clock.ts";
import { AddressRefusedError } from "../../domain/transport.ts";
import type { Transport, TransportResponse } from "../../domain/transport.ts";
import type { FetchTwilioMedia } from "../../media/ports.ts";
import type { TwilioMedia } from "../../media/source.ts";
import type { AccountCredentials } from "../rest/client.ts";
import { fetchPublicFile } from "./fetch-public-file.ts";
import { isPublicIp } from "./is-public-ip.ts";

/** In bytes: messages bring 16 MB at most, and an hour's recording has about as many. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Twilio hands on once, to where its files lie. */
const MOST_REDIRECTS = 3;
const WITHIN_MS = 60_000;

/** One part. iPhones play nothing that cannot be had in parts. */
const RANGE = /^bytes=(\d{1,15}-\d{0,15}|-\d{1,15})$/;

const NO_BODY: ReadonlySet<number> = new Set([204, 205]);

/** What a browser shows, and nothing that could hold a script of its own, as SVG may. */
const SHOWN = /^(image\/(?!svg)|audio\/|video\/|application\/pdf$)/;

export interface TwilioMediaOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** In milliseconds, until all of it is there. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** Which addresses of other hosts than the API's may be connected to; others in tests. */
  readonly isAllowed?: (ip: string) => boolean;
}

/**
 * Fetches what came with a message, or was recorded. The credentials go to the API's own origin and with the address of
 * a file of this account only, whatever a webhook names; where Twilio hands on to, they do not go. That is the API's
 * own origin, or an `https` address of a public host: a redirect must not reach into the house. Never throws.
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
          // So that lengths and parts are of what is handed on.
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
        const onto = URL.parse(next, url.href);
        if (onto === null) return { ok: false, why: "refused" };
        url = onto;
      }
    } catch (error) {
      if (error instanceof AddressRefusedError) return { ok: false, why: "refused" };
    }
    return { ok: false, why: "away" };
  };
}

/** Where to ask for it; null where it is none of this account's files. Of a webhook's address only the path is used. */
function mediaAddress(account: AccountCredentials, address: string): URL | null {
  const given = URL.parse(address);
  if (given === null || given.username !== "" || given.password !== "") return null;
  const { apiBaseUrl, region, edge, standIn } = account;
  const twilio = region === null || edge === null ? null : `https://api.${edge}.${region}.twilio.com`;
  const base = new URL(standIn ?? apiBaseUrl ?? twilio ?? "https://api.twilio.com");
  // Twilio names its first host also where another region is used.
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

/** Breaks off where there is more than was announced. */
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
