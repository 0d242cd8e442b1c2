import { parse, stringify } from "node:querystring";

const PARTS = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/is;

/**
 * The spellings of a URL under which Twilio may have signed it, each once and the likeliest first: as received without
 * and with its port (calls are signed without, messages with it), then as browsers and older Node servers escape it.
 * The same as those of `validateRequest` in Twilio's own library.
 */
export function* urlSpellings(url: string): Generator<string> {
  const seen = new Set<string>();
  for (const spelling of allSpellings(url)) {
    if (seen.has(spelling)) continue;
    seen.add(spelling);
    yield spelling;
  }
}

function* allSpellings(url: string): Generator<string> {
  yield withoutPort(url);
  yield withPort(url);
  const normalized = new URL(url).href;
  yield withoutPort(normalized);
  yield withPort(normalized);
  const escaped = withEscapedQuery(normalized);
  yield withoutPort(escaped);
  yield withPort(escaped);
}

function withoutPort(url: string): string {
  const [, scheme, authority = "", rest] = PARTS.exec(url) ?? [];
  return scheme === undefined ? url : `${scheme}${hostOf(authority)}${rest}`;
}

/** A port that is named stays as it is. */
function withPort(url: string): string {
  const [, scheme, authority = "", rest] = PARTS.exec(url) ?? [];
  if (scheme === undefined || hostOf(authority) !== authority) return url;
  return `${scheme}${authority}:${scheme.toLowerCase() === "https://" ? 443 : 80}${rest}`;
}

/** A colon begins a port only after the bracket that closes an IPv6 address. */
function hostOf(authority: string): string {
  const afterUser = authority.lastIndexOf("@") + 1;
  const port = authority.indexOf(":", Math.max(afterUser, authority.lastIndexOf("]") + 1));
  return port === -1 ? authority : authority.slice(0, port);
}

function withEscapedQuery(url: string): string {
  const query = url.indexOf("?");
  if (query === -1 || query === url.length - 1) return url;
  return `${url.slice(0, query)}?${stringify(parse(url.slice(query + 1)))}`;
}
