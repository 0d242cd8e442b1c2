import { lookup as systemLookup } from "node:dns";
import { request } from "node:https";
import { isIP } from "node:net";
import type { LookupFunction } from "node:net";
import { Readable } from "node:stream";

import { isPublicIp } from "./is-public-ip.ts";

const NO_BODY = new Set([204, 205, 304]);

export interface FetchPublicFileOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Resolves names as `dns.lookup` does; others in tests. */
  readonly lookup?: typeof systemLookup;
  /** A certificate authority beside Node's own, in tests. */
  readonly ca?: string;
  /** Which addresses may be connected to; others in tests. */
  readonly isAllowed?: (ip: string) => boolean;
}

/** The host is in the house, or in a network of its own: what asks for it must not be let there. */
export class NotPublicError extends Error {
  override readonly name = "NotPublicError";
}

/**
 * Fetches an `https` address that somebody else named, from public hosts only. The name is resolved once and the
 * connection goes to the address that was checked, so that a name cannot lead elsewhere a moment later (DNS rebinding).
 * Of several addresses all have to be public. Follows no redirect.
 *
 * @throws {NotPublicError} for a host that is not public; Node's errors for one that does not answer
 */
export async function fetchPublicFile(url: URL, options: FetchPublicFileOptions): Promise<Response> {
  const { headers, signal, ca, isAllowed = isPublicIp } = options;
  // Node looks only names up. URL has made one spelling of all those of an address.
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const isNamed = isIP(host) === 0;
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "") throw new NotPublicError();
  if (!isNamed && !isAllowed(host)) throw new NotPublicError();
  const lookup = checkedLookup(options.lookup ?? systemLookup, isAllowed);
  return await new Promise((resolve, reject) => {
    const asked = request(
      url,
      { headers, signal, lookup, agent: false, ...(ca === undefined ? {} : { ca }) },
      (answer) => {
        const { statusCode: status = 0, headers: told } = answer;
        if (status < 200 || status > 599) {
          answer.destroy();
          return reject(new Error("the answer is not HTTP"));
        }
        const pairs = Object.entries(told).map(([name, value]) => [name, String(value)]);
        const body = NO_BODY.has(status) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
        if (body === null) answer.resume();
        resolve(new Response(body, { status, headers: Object.fromEntries(pairs) }));
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}

function checkedLookup(lookup: typeof systemLookup, isAllowed: (ip: string) => boolean): LookupFunction {
  return function lookUpPublic(name, options, done) {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      if (addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address)))
        return done(new NotPublicError(), []);
      const [first] = addresses;
      return options.all === true ? done(null, addresses) : done(null, first?.address ?? "", first?.family);
    });
  };
}
