export type ParsedApiBaseUrl =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads the base URL of an API that is compatible with Twilio's. `/2010-04-01`, final slashes, the query and the
 * fragment are removed.
 */
export function parseApiBaseUrl(text: string): ParsedApiBaseUrl {
  const url = URL.parse(/^[\w-]+(\.[\w-]+)+(\/|$)/.test(text) ? `https://${text}` : text);
  if (url === null || !/^https?:$/.test(url.protocol))
    return { ok: false, problem: "enter a URL such as https://space.example/api/laml" };
  if (url.username || url.password)
    return {
      ok: false,
      problem: "it must not contain a user name or password; enter those in account_sid and auth_token",
    };
  const path = url.pathname.replace(/\/2010-04-01(\/.*)?$/, "").replace(/\/+$/, "");
  return { ok: true, url: `${url.origin}${path}` };
}

export type ParsedPublicUrl =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a public address: an origin and an optional path, without a slash at its end. Users often paste a whole webhook
 * URL, so `/webhook` at the end, the query and the fragment are removed.
 */
export function parsePublicUrl(text: string): ParsedPublicUrl {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed))
    return { ok: false, problem: "it is not a URL; enter one such as https://home.example" };
  const { protocol, host, hostname, pathname, username, password } = new URL(trimmed);
  if (protocol !== "https:" && protocol !== "http:")
    return { ok: false, problem: "it must start with https://; enter one such as https://home.example" };
  if (hostname.includes("_"))
    return { ok: false, problem: "Twilio refuses host names with an underscore; enter one without" };
  if (username || password)
    return { ok: false, problem: "it must not contain a user name or password; enter it without" };
  const path = pathname
    .replace(/\/+$/, "")
    .replace(/\/webhook$/, "")
    .replace(/\/+$/, "");
  return { ok: true, url: `${protocol}//${host}${path}` };
}
