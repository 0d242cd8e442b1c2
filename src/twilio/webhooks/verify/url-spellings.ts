import { parse, stringify } from "node:querystring";

import { percentDecode } from "./percent-decode.ts";

const PARTS = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/is;

/**
 * Yields the spellings of a URL for which Twilio may have signed a request, each once and the likeliest first.
 * `validateRequest` in Twilio's own library tries the same spellings.
 *
 * Twilio signs webhooks of calls without the port, and webhooks of messages with the port. After these two spellings
 * come the escapings of browsers and of older Node servers.
 *
 * @param escapedQueries a cache for several URLs with the same query
 */
export function* urlSpellings(
  url: string,
  escapedQueries: Map<string, string> = new Map(),
): Generator<string> {
  const yielded = new Set<string>();
  for (const spelling of allSpellings(url, escapedQueries)) {
    if (yielded.has(spelling)) continue;
    yielded.add(spelling);
    yield spelling;
  }
}

function* allSpellings(url: string, escapedQueries: Map<string, string>): Generator<string> {
  yield withoutPort(url);
  yield withPort(url);
  const normalized = new URL(url).href;
  yield withoutPort(normalized);
  yield withPort(normalized);
  const escaped = withEscapedQuery(normalized, escapedQueries);
  yield withoutPort(escaped);
  yield withPort(escaped);
}

function withoutPort(url: string): string {
  const [, scheme, authority = "", rest] = PARTS.exec(url) ?? [];
  return scheme === undefined ? url : `${scheme}${hostOf(authority)}${rest}`;
}

/** Adds the default port to a URL that has no port. */
function withPort(url: string): string {
  const [, scheme, authority = "", rest] = PARTS.exec(url) ?? [];
  if (scheme === undefined || hostOf(authority) !== authority) return url;
  return `${scheme}${authority}:${scheme.toLowerCase() === "https://" ? 443 : 80}${rest}`;
}

/** Removes the port from the host in a URL. In an IPv6 address, a port comes only after the closing bracket. */
function hostOf(authority: string): string {
  const afterUser = authority.lastIndexOf("@") + 1;
  const port = authority.indexOf(":", Math.max(afterUser, authority.lastIndexOf("]") + 1));
  return port === -1 ? authority : authority.slice(0, port);
}

function withEscapedQuery(url: string, escapedQueries: Map<string, string>): string {
  const start = url.indexOf("?");
  if (start === -1 || start === url.length - 1) return url;
  const query = url.slice(start + 1);
  const escaped =
    escapedQueries.get(query) ?? stringify(parse(query, "&", "=", { decodeURIComponent: percentDecode }));
  escapedQueries.set(query, escaped);
  return `${url.slice(0, start)}?${escaped}`;
}
