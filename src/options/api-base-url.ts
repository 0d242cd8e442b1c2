export type ApiBaseUrl =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly problem: string };

/** What stands before `/2010-04-01`. What people paste is forgiven: all from there on, slashes, a query, a fragment. */
export function apiBaseUrl(text: string): ApiBaseUrl {
  const url = URL.parse(/^[\w-]+(\.[\w-]+)+(\/|$)/.test(text) ? `https://${text}` : text);
  if (url === null || !/^https?:$/.test(url.protocol))
    return { ok: false, problem: "enter an address such as https://space.example/api/laml" };
  if (url.username || url.password)
    return {
      ok: false,
      problem: "it must not hold a user name or password; enter those in account_sid and auth_token",
    };
  const path = url.pathname.replace(/\/2010-04-01(\/.*)?$/, "").replace(/\/+$/, "");
  return { ok: true, url: `${url.origin}${path}` };
}
